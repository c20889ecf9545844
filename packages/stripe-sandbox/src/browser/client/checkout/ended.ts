import type { CheckoutState } from "../../checkout-state";
import { h } from "../console/dom";
import { ask } from "../hosted/call";
import { path } from "./where";

/** A session that is over: paid, or too late. */
export function drawEnded(state: CheckoutState): HTMLElement {
  const { merchant } = state;
  const complete = state.status === "complete";
  const back = complete ? leaveButton(merchant) : recovery(state);
  const title = complete ? "You’re all done" : "This page has expired";
  document.title = `${title} · ${merchant}`;
  return h(
    "div",
    { class: "page" },
    h("header", { class: "top" }, h("p", { class: "brand" }, merchant)),
    h(
      "main",
      { class: "card" },
      h("h1", {}, title),
      h("p", { role: "status" }, complete ? doneText(state) : "Nothing was charged."),
      h("p", { class: "actions" }, back),
    ),
  );
}

function doneText({ mode }: CheckoutState): string {
  if (mode === "setup") return "Your card has been saved.";
  return mode === "subscription" ? "Your subscription has started." : "Thank you. Your payment was received.";
}

function recovery({ recoveryUrl, cancelUrl, merchant }: CheckoutState): HTMLElement | undefined {
  if (recoveryUrl) return h("a", { class: "button", href: recoveryUrl }, "Start again");
  return cancelUrl ? h("a", { class: "button quiet", href: cancelUrl }, `Back to ${merchant}`) : undefined;
}

function leaveButton(merchant: string): HTMLElement {
  const link = h("a", { class: "button", hidden: true }, `Back to ${merchant}`);
  ask<{ url: string | null }>(path("done")).then(
    ({ url }) => {
      if (url) link.href = url;
      link.hidden = !url;
    },
    () => undefined,
  );
  return link;
}
