import type { CheckoutState } from "../checkout-state";
import { drawEnded } from "./checkout/ended";
import { createPayment, type Payment } from "./checkout/payment";
import { createSummary, type Summary } from "./checkout/summary";
import { isEmbedded, path, tellParent, whenDone } from "./checkout/where";
import { h } from "./console/dom";
import { ask, messageOf } from "./hosted/call";
import { actFor } from "./hosted/card-form";

let summary: Summary | undefined;
let payment: Payment | undefined;

ask<CheckoutState>(path("state")).then(draw, (refusal) => {
  document.body.replaceChildren(
    h(
      "main",
      { class: "page" },
      h("h1", {}, "Checkout"),
      h("p", { class: "error", role: "alert" }, messageOf(refusal)),
    ),
  );
});

function draw(state: CheckoutState): void {
  if (state.status !== "open") {
    end(state);
    return;
  }
  if (summary && payment) {
    summary.show(state);
    payment.show(state);
    return;
  }
  const shown = createSummary(state, draw);
  const form = createPayment(state, { refresh, finish });
  [summary, payment] = [shown, form];
  actFor(state.account);
  const sells = state.mode !== "setup";
  document.title = `${heading(state)} · ${state.merchant}`;
  document.body.replaceChildren(
    h(
      "div",
      { class: sells ? "page page--wide" : "page" },
      topOf(state),
      h("main", { class: sells ? "split" : "" }, shown.root, form.root),
      h("p", { class: "foot" }, "Test page of the local sandbox. No real card is charged."),
    ),
  );
  form.open();
  if (isEmbedded) followHeight();
}

function heading(state: CheckoutState): string {
  if (state.mode === "setup") return "Save your card";
  return state.mode === "subscription" ? "Subscribe" : "Payment";
}

function topOf({ cancelUrl, merchant }: CheckoutState): HTMLElement {
  return h(
    "header",
    { class: "top" },
    h("p", { class: "brand" }, merchant),
    cancelUrl ? h("a", { href: cancelUrl }, `Back to ${merchant}`) : undefined,
  );
}

async function refresh(): Promise<void> {
  draw(await ask<CheckoutState>(path("state")));
}

/** The merchant has ten seconds to hear of it before the customer comes back. */
async function finish(): Promise<void> {
  const { url } = await ask<{ url: string | null }>(path("done"));
  whenDone(url);
  if (!url) await refresh();
}

function end(state: CheckoutState): void {
  summary = undefined;
  payment = undefined;
  document.body.replaceChildren(drawEnded(state));
}

function followHeight(): void {
  const tell = () => tellParent({ type: "height", height: Math.ceil(document.body.scrollHeight) });
  new ResizeObserver(tell).observe(document.body);
  tell();
}
