import { h } from "../console/dom";
import { authenticate, type CardForm, mountCardForm } from "../hosted/card-form";
import { workForm } from "../hosted/parts";
import { backHome, type View } from "./page";

export const cardView: View = (portal, _place, inFlow) => {
  const place = h("div", { class: "cardForm" });
  const { customer } = portal.state;
  const isDefault = h("input", { type: "checkbox", id: "default", checked: true });
  let card: CardForm | undefined;
  const form = workForm(
    { submit: "Add card", ...backHome(portal, inFlow) },
    async () => {
      if (!card) throw new Error("The card form is not ready yet.");
      const billing = {
        ...(customer.name && { name: customer.name }),
        ...(customer.email && { email: customer.email }),
      };
      const method = await card.createMethod(Object.keys(billing).length > 0 ? billing : undefined);
      const chosen = { default: isDefault.checked };
      const first = await portal.act("add_payment_method", { payment_method: method, ...chosen });
      const { client_secret: secret, setup_intent: intent } = first.result;
      if (typeof secret !== "string") return portal.done("Your card was added.", first.next);
      await authenticate(secret);
      const { next } = await portal.act("finish_payment_method", { setup_intent: intent, ...chosen });
      await portal.done("Your card was added.", next);
    },
    place,
    inFlow ? undefined : h("label", { class: "choice" }, isDefault, h("span", {}, "Use it for all payments")),
  );
  queueMicrotask(() => {
    card = mountCardForm(place, { keeps: true });
  });
  return h("div", {}, h("h1", {}, inFlow ? "Update your payment method" : "Add a card"), form);
};
