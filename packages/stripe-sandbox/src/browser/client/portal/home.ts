import type { CardState, PortalState, SubscriptionState } from "../../portal-state";
import { h } from "../console/dom";
import { messageOf } from "../hosted/call";
import { brandName, dayText } from "../hosted/parts";
import { costText, money, nameOf, type Portal, type View } from "./page";

const firstInvoices = 8;

export const homeView: View = (portal) => {
  const { state } = portal;
  return h(
    "div",
    {},
    h("h1", {}, state.profile.headline ?? "Your billing"),
    section(
      "Current subscriptions",
      ...(state.subscriptions.length > 0
        ? state.subscriptions.map((one) => subscriptionCard(portal, one))
        : [h("p", { class: "note" }, "You have no subscription.")]),
    ),
    state.features.payment_method_update || state.payment_methods.length > 0 ? cards(portal) : undefined,
    details(portal),
    state.features.invoice_history ? invoices(state) : undefined,
  );
};

function section(title: string, ...children: (Node | undefined)[]): HTMLElement {
  return h("section", { "aria-label": title }, h("h2", {}, title), ...children);
}

function subscriptionCard(portal: Portal, subscription: SubscriptionState): HTMLElement {
  const { can, id, currency, items, owes, scheduled } = subscription;
  const go = (view: "cancel" | "change" | "pause") => () => portal.go({ view, subscription: id });
  const at_once = (action: string, message: string) => act(portal, action, { subscription: id }, message);
  return h(
    "article",
    { class: "card", "aria-label": nameOf(subscription) },
    h("div", { class: "top top--tight" }, h("h3", {}, nameOf(subscription)), state(subscription)),
    ...items.map((item) => h("p", { class: "amount" }, costText(item, currency))),
    h("p", { class: "note" }, nextText(subscription)),
    subscription.discounts.length > 0
      ? h("p", { class: "note" }, `Discounts: ${subscription.discounts.join(", ")}`)
      : undefined,
    scheduled
      ? h(
          "p",
          { class: "notice" },
          `Changes to ${scheduled.quantity > 1 ? `${scheduled.quantity} × ` : ""}${scheduled.name} on ${dayText(scheduled.at)}: ${costText(scheduled, currency)}.`,
        )
      : undefined,
    owes
      ? h(
          "p",
          { class: "notice" },
          `${money(owes.amount, currency)} is not paid. `,
          h("a", { href: new URL(owes.url).pathname }, "Pay the invoice"),
        )
      : undefined,
    h(
      "div",
      { class: "actions" },
      can.update ? button("Change plan", go("change")) : undefined,
      can.undo_scheduled
        ? button("Keep the current plan", at_once("undo_scheduled", "The planned change was taken back."))
        : undefined,
      can.undo_cancel
        ? button("Don’t cancel", at_once("undo_cancel", "Your subscription goes on."))
        : undefined,
      can.resume ? button("Resume", at_once("resume", "Your subscription goes on.")) : undefined,
      can.pause ? button("Pause", go("pause"), "quiet") : undefined,
      can.cancel ? button("Cancel subscription", go("cancel"), "quiet") : undefined,
    ),
  );
}

function nextText({
  ends_at: ends,
  status,
  trial_end: trial,
  resumes_at: resumes,
  renews_at: renews,
}: SubscriptionState): string {
  if (status === "paused") return resumes ? `Paused until ${dayText(resumes)}.` : "Paused.";
  if (ends) return `Ends on ${dayText(ends)}.`;
  if (trial) return `Free trial until ${dayText(trial)}.`;
  return `Renews on ${dayText(renews)}.`;
}

const states: Record<string, [text: string, kind: string]> = {
  active: ["Active", "good"],
  trialing: ["Trial", "good"],
  past_due: ["Past due", "bad"],
  unpaid: ["Unpaid", "bad"],
  paused: ["Paused", ""],
};

function state({ status, ends_at: ends }: SubscriptionState): HTMLElement {
  const [text, kind] = ends && status !== "past_due" ? ["Ending", ""] : (states[status] ?? [status, ""]);
  return h("span", { class: `state ${kind}` }, text);
}

function cards(portal: Portal): HTMLElement {
  const { payment_methods: methods, features } = portal.state;
  return section(
    "Payment methods",
    methods.length > 0
      ? h("ul", { class: "rows" }, ...methods.map((card) => cardRow(portal, card)))
      : h("p", { class: "note" }, "No card is saved."),
    features.payment_method_update
      ? h(
          "div",
          { class: "actions" },
          button("Add a card", () => portal.go({ view: "card" }), "quiet"),
        )
      : undefined,
  );
}

function cardRow(portal: Portal, card: CardState): HTMLElement {
  const name = `${brandName(card.brand)} ending in ${card.last4}`;
  const month = String(card.exp_month).padStart(2, "0");
  const given = { payment_method: card.id };
  const editable = portal.state.features.payment_method_update;
  return h(
    "li",
    {},
    h(
      "span",
      {},
      `${name} `,
      card.default ? h("span", { class: "state" }, "Default") : undefined,
      h("span", { class: "note" }, ` Expires ${month}/${card.exp_year}`),
    ),
    h(
      "span",
      { class: "actions" },
      editable && !card.default
        ? button(
            "Make default",
            act(portal, "set_default_payment_method", given, `${name} is the default now.`),
            "plain",
            name,
          )
        : undefined,
      editable && !card.needed
        ? button("Remove", act(portal, "remove_payment_method", given, `${name} was removed.`), "plain", name)
        : undefined,
    ),
  );
}

function details(portal: Portal): HTMLElement {
  const { customer, tax_ids: taxIds, features } = portal.state;
  const { address } = customer;
  const place = [
    address?.line1,
    [address?.postal_code, address?.city].filter(Boolean).join(" "),
    address?.country,
  ];
  const rows: [string, string | null][] = [
    ["Name", customer.name],
    ["Email", customer.email],
    ["Phone", customer.phone],
    ["Address", place.filter(Boolean).join(", ") || null],
    ["Tax IDs", taxIds.map(({ value }) => value).join(", ") || null],
  ];
  return section(
    "Billing details",
    h(
      "div",
      { class: "card" },
      h(
        "dl",
        { class: "facts facts--first" },
        ...rows.flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value ?? "–")]),
      ),
      features.customer_update.length > 0
        ? h(
            "div",
            { class: "actions" },
            button("Edit", () => portal.go({ view: "customer" }), "quiet", "billing details"),
          )
        : undefined,
    ),
  );
}

function invoices({ invoices: all }: PortalState): HTMLElement {
  if (all.length === 0) return section("Invoices", h("p", { class: "note" }, "There is no invoice yet."));
  const list = h("ul", { class: "rows" });
  const draw = (count: number) => list.replaceChildren(...all.slice(0, count).map(invoiceRow));
  draw(firstInvoices);
  const more = button(
    "Show all",
    () => {
      draw(all.length);
      more.remove();
    },
    "plain",
  );
  return section("Invoices", list, all.length > firstInvoices ? more : undefined);
}

function invoiceRow({
  number,
  created,
  total,
  currency,
  status,
  url,
  pdf,
}: PortalState["invoices"][number]): HTMLElement {
  const kind = status === "paid" ? "good" : status === "open" ? "" : "bad";
  const name = number ?? "Invoice";
  return h(
    "li",
    {},
    h(
      "span",
      {},
      url ? h("a", { href: new URL(url).pathname }, dayText(created)) : dayText(created),
      h("span", { class: "note" }, ` ${name}`),
    ),
    h("span", { class: "amount" }, money(total, currency)),
    h("span", { class: `state ${kind}` }, status.charAt(0).toUpperCase() + status.slice(1)),
    pdf ? h("a", { href: new URL(pdf).pathname, "aria-label": `PDF of ${name}` }, "PDF") : undefined,
  );
}

function button(label: string, run: () => void, kind = "", about = ""): HTMLButtonElement {
  const named = about ? { "aria-label": `${label}: ${about}` } : {};
  return h("button", { type: "button", class: kind, ...named, onclick: run }, label);
}

/** What needs no question first; a refusal is said where the result would have been. */
function act(portal: Portal, action: string, given: object, message: string): () => void {
  return () => {
    portal
      .act(action, given)
      .then(({ next }) => portal.done(message, next))
      .catch((error: unknown) => portal.done(messageOf(error), null));
  };
}
