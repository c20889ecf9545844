import type { InvoiceState } from "../invoice-state";
import { h } from "./console/dom";
import { ask, messageOf } from "./hosted/call";
import { actFor, authenticate, type CardForm, mountCardForm } from "./hosted/card-form";
import { brandName, choices, chosen, workForm } from "./hosted/parts";

const newCard = "new";
const pay = document.getElementById("pay") ?? document.body;
const address = location.pathname;

async function draw(): Promise<void> {
  try {
    const state = await ask<InvoiceState>(`${address}/state`);
    actFor(state.account);
    pay.replaceChildren(state.payable ? payForm(state) : outcome(state));
  } catch (error) {
    pay.replaceChildren(h("p", { class: "error", role: "alert" }, messageOf(error)));
  }
}

function outcome(state: InvoiceState): HTMLElement {
  const words: Record<string, string> = {
    paid: "This invoice is paid. Thank you.",
    void: "This invoice is void. There is nothing to pay.",
  };
  return h(
    "section",
    { class: "card", "aria-label": "Payment" },
    h("h2", {}, words[state.status] ?? "There is nothing to pay."),
    links(state),
  );
}

function links({ pdf, receipts }: InvoiceState): HTMLElement {
  const at = (url: string) => new URL(url).pathname;
  return h(
    "p",
    { class: "actions" },
    ...receipts.map((url) => h("a", { class: "button quiet", href: at(url) }, "View the receipt")),
    pdf
      ? h("a", { class: "button quiet", href: at(pdf), download: true }, "Download the invoice")
      : undefined,
  );
}

function payForm(state: InvoiceState): HTMLElement {
  let card: CardForm | undefined;
  const place = h("div", { class: "cardForm", hidden: state.cards.length > 0 });
  const typed = () => {
    place.hidden = false;
    card ??= mountCardForm(place, { keeps: false });
    return card;
  };
  const saved = state.cards.map(({ id, brand, last4 }, at) => ({
    value: id,
    label: `${brandName(brand)} ending in ${last4}`,
    checked: at === 0,
  }));
  const options =
    saved.length > 0
      ? choices("method", "Pay with", [...saved, { value: newCard, label: "A new card" }])
      : undefined;
  options?.addEventListener("change", () => {
    if (chosen(options, "method") === newCard) typed();
    else place.hidden = true;
  });
  if (!options) queueMicrotask(typed);
  const form = workForm(
    { submit: `Pay ${state.due}`, kind: "wide" },
    async () => {
      const known = options && chosen(options, "method");
      const method = known && known !== newCard ? known : await typed().createMethod();
      const done = await ask<{ client_secret?: string }>(`${address}/pay`, { payment_method: method });
      if (done.client_secret) await authenticate(done.client_secret);
      location.reload();
    },
    options,
    place,
  );
  return h(
    "section",
    { class: "card", "aria-label": "Payment" },
    h("h2", {}, "Amount due"),
    h("p", { class: "big amount" }, state.due),
    state.status === "uncollectible"
      ? h("p", { class: "note" }, "This invoice was given up. It can still be paid.")
      : undefined,
    form,
    links(state),
  );
}

void draw();
