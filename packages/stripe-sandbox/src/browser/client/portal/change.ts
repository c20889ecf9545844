import type { PlanState, PreviewState, SubscriptionState } from "../../portal-state";
import { h } from "../console/dom";
import { messageOf } from "../hosted/call";
import { authenticate } from "../hosted/card-form";
import { choices, chosen, workForm } from "../hosted/parts";
import { backHome, everyText, labelled, money, nameOf, type Portal, subscriptionOf, type View } from "./page";
import { previewPart } from "./preview";

/** Choosing another plan, price or quantity, with what it would cost. */
export const changeView: View = (portal, place, inFlow) => {
  const subscription = subscriptionOf(portal, place);
  const allowed = portal.state.features.update ?? [];
  const fields = choiceFields(portal.state.plans, subscription, allowed);
  const cost = h("div", { class: "cost", "aria-live": "polite" });
  let asked = 0;
  const wish = () => ({ subscription: subscription.id, ...fields.given() });
  const refresh = async () => {
    asked += 1;
    const own = asked;
    fields.adjust();
    const shown = fields.changed() ? await previewOf(portal, "preview_update", wish()) : undefined;
    if (own === asked) cost.replaceChildren(...(shown ? [shown] : []));
  };
  fields.root.addEventListener("change", () => void refresh());
  const form = workForm(
    { submit: "Confirm the change", ...backHome(portal, inFlow) },
    async () => {
      if (!fields.changed()) throw new Error("Nothing has changed yet.");
      await carryOut(portal, "update", wish(), subscription.id);
    },
    fields.root,
    cost,
  );
  return h(
    "div",
    {},
    h("h1", {}, "Change your subscription"),
    h("p", {}, `You have ${nameOf(subscription)}.`),
    form,
  );
};

/** The change that the flow names, to be confirmed or left. */
export const confirmView: View = (portal, place, inFlow) => {
  const subscription = subscriptionOf(portal, place);
  const cost = h("div", { class: "cost", "aria-live": "polite" }, h("p", { class: "note" }, "One moment …"));
  void previewOf(portal, "preview_confirm", {}).then((shown) => cost.replaceChildren(shown));
  const form = workForm({ submit: "Confirm", ...backHome(portal, inFlow) }, () =>
    carryOut(portal, "confirm_update", {}, subscription.id),
  );
  return h("div", {}, h("h1", {}, "Confirm your change"), cost, form);
};

async function previewOf(portal: Portal, action: string, given: object): Promise<HTMLElement> {
  try {
    const { result } = await portal.act(action, given);
    return previewPart(result as unknown as PreviewState);
  } catch (error) {
    return h("p", { class: "error", role: "alert" }, messageOf(error));
  }
}

async function carryOut(portal: Portal, action: string, given: object, subscription: string): Promise<void> {
  const first = await portal.act(action, given);
  const { client_secret: secret, scheduled } = first.result;
  if (typeof secret !== "string") {
    const message = scheduled
      ? "Your change is planned for the end of the period."
      : "Your subscription was changed.";
    return portal.done(message, first.next);
  }
  await authenticate(secret);
  const { next } = await portal.act("finish_update", { subscription });
  await portal.done("Your subscription was changed.", next);
}

function choiceFields(plans: PlanState[], subscription: SubscriptionState, allowed: string[]) {
  const [item] = subscription.items;
  const plan = (price: string) => plans.find(({ prices }) => prices.some(({ id }) => id === price));
  const options = plans.flatMap(({ name, prices }) =>
    prices.flatMap(({ id, amounts, interval, interval_count: count, tiered }) => {
      const amount = amounts[subscription.currency];
      if (amount === undefined) return [];
      const every = everyText(interval, count);
      const note = tiered ? `tier pricing, ${every}` : `${money(amount, subscription.currency)} ${every}`;
      return [
        {
          value: id,
          label: name,
          note: id === item?.price ? `${note} · current` : note,
          checked: id === item?.price,
        },
      ];
    }),
  );
  const prices = allowed.includes("price") ? choices("price", "Plan", options) : undefined;
  const price = () => (prices && chosen(prices, "price")) ?? item?.price ?? "";
  const quantity = h("input", {
    id: "quantity",
    type: "number",
    inputmode: "numeric",
    value: String(item?.quantity ?? 1),
  });
  const quantityField = labelled("Quantity", quantity);
  const code = h("input", { id: "code", type: "text", autocomplete: "off", autocapitalize: "characters" });
  const adjust = () => {
    const limits = plan(price())?.quantity;
    quantityField.hidden = !allowed.includes("quantity") || limits?.enabled !== true;
    quantity.min = String(limits?.minimum ?? 1);
    quantity.max = limits?.maximum ? String(limits.maximum) : "";
  };
  adjust();
  const root = h(
    "div",
    {},
    prices,
    h(
      "div",
      { class: "fields fields--two" },
      quantityField,
      allowed.includes("promotion_code") ? labelled("Promotion code (optional)", code) : undefined,
    ),
  );
  const wanted = () => (quantityField.hidden ? undefined : quantity.value);
  return {
    root,
    adjust,
    changed: () =>
      price() !== item?.price ||
      (wanted() ?? String(item?.quantity ?? 1)) !== String(item?.quantity ?? 1) ||
      code.value !== "",
    given: () => ({
      price: price(),
      ...(wanted() !== undefined && { quantity: wanted() }),
      ...(code.value && { promotion_code: code.value }),
    }),
  };
}
