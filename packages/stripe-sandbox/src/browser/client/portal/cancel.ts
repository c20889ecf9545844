import type { CouponState } from "../../portal-state";
import { h } from "../console/dom";
import { choices, chosen, dayText, workForm } from "../hosted/parts";
import { backHome, labelled, money, nameOf, type Portal, subscriptionOf, type View } from "./page";

const reasons: Record<string, string> = {
  customer_service: "Customer service was less than expected",
  low_quality: "Quality was less than expected",
  missing_features: "Some features are missing",
  other: "Other reason",
  switched_service: "I’m switching to a different service",
  too_complex: "Ease of use was less than expected",
  too_expensive: "It’s too expensive",
  unused: "I don’t use the service enough",
};

export const cancelView: View = (portal, place, inFlow) => {
  const subscription = subscriptionOf(portal, place);
  const rules = portal.state.features.cancel;
  const atEnd = rules?.mode !== "immediately";
  const asked = rules?.asks ? reasonFields(rules.reasons) : undefined;
  const form = workForm(
    { submit: "Cancel subscription", kind: "danger", ...backHome(portal, inFlow) },
    async () => {
      const { next } = await portal.act("cancel", { subscription: subscription.id, ...asked?.given() });
      await portal.done(
        atEnd ? "Your subscription was set to end." : "Your subscription was canceled.",
        next,
      );
    },
    asked?.root,
  );
  const offer = portal.state.flow?.offer;
  return h(
    "div",
    {},
    h("h1", {}, "Cancel your subscription"),
    h(
      "p",
      {},
      atEnd
        ? `${nameOf(subscription)} stays yours until ${dayText(subscription.renews_at)} and is not renewed.`
        : `${nameOf(subscription)} ends at once.`,
    ),
    offer ? offerCard(portal, offer) : undefined,
    form,
  );
};

function offerCard(portal: Portal, offer: CouponState): HTMLElement {
  const off =
    offer.percent_off === null
      ? money(offer.amount_off ?? 0, offer.currency ?? "usd")
      : `${offer.percent_off}%`;
  const time: Record<string, string> = {
    forever: "for as long as you stay",
    once: "on your next invoice",
    repeating: `for ${offer.months} months`,
  };
  return h(
    "section",
    { class: "card" },
    h("h2", {}, `Stay, and get ${off} off`),
    h("p", {}, `${offer.name}: ${off} off ${time[offer.duration] ?? ""}.`),
    workForm({ submit: "Accept the offer" }, async () => {
      const { next } = await portal.act("accept_offer");
      await portal.done("The discount is yours.", next);
    }),
  );
}

function reasonFields(options: string[]) {
  const comment = h("textarea", { id: "comment", rows: "3", maxlength: "500" });
  const root = h(
    "div",
    {},
    options.length > 0
      ? choices(
          "feedback",
          "Why do you leave? (optional)",
          options.map((value) => ({ value, label: reasons[value] ?? value })),
        )
      : undefined,
    h("div", { class: "fields" }, labelled("Anything else to tell us? (optional)", comment)),
  );
  const given = () => ({
    feedback: chosen(root, "feedback"),
    ...(comment.value && { comment: comment.value }),
  });
  return { root, given };
}
