import { ApiError, invalid } from "../../../http/errors";
import { bool, hash, text } from "../../../http/params";
import type { SetupIntent } from "../../../tables";
import type { Tx } from "../../../transaction";
import { detachPaymentMethod } from "../../payment-methods/detach";
import { usePaymentMethod } from "../../payment-methods/use";
import { setupFailed } from "../../setup-intents/attempt";
import { confirmSetupIntent } from "../../setup-intents/confirm";
import { newSetupIntent } from "../../setup-intents/create";
import { updateSubscription } from "../../subscriptions/update";
import type { Visit } from "../access";
import { ownSubscription } from "../flow";
import { action } from "./action";

const flows = ["payment_method_update"] as const;

/** A card that was just typed, or a test card by name. The bank may want to see the customer first. */
export const addPaymentMethod = action(
  hash({ payment_method: text, default: bool }, ["payment_method"]),
  (tx, visit, given) => {
    requireEnabled(visit);
    const method = usePaymentMethod(tx, given.payment_method);
    const intent = newSetupIntent(tx, {
      automatic_payment_methods: { allow_redirects: "never", enabled: true },
      customer: visit.customer.id,
      payment_method: method.id,
    });
    confirmSetupIntent(tx, intent.id, { use_stripe_sdk: true }, false);
    return finish(tx, visit, tx.need("setup_intents", intent.id), given.default);
  },
  { flows: [...flows] },
);

/** After the bank's challenge. */
export const finishPaymentMethod = action(
  hash({ setup_intent: text, default: bool }, ["setup_intent"]),
  (tx, visit, given) => {
    requireEnabled(visit);
    const intent = tx.need("setup_intents", given.setup_intent, "setup_intent");
    if (intent.customer !== visit.customer.id)
      throw invalid("The setup intent belongs to another customer.", undefined, "setup_intent");
    if (intent.status === "requires_payment_method") throw setupFailed(intent, intent).undone();
    return finish(tx, visit, intent, given.default);
  },
  { flows: [...flows] },
);

function finish(tx: Tx, visit: Visit, intent: SetupIntent, chosen = true): object {
  const { id, client_secret: secret, payment_method: method } = intent;
  if (intent.status === "requires_action")
    return { requires_action: true, setup_intent: id, client_secret: secret };
  if (intent.status !== "succeeded" || !method)
    throw new ApiError(402, { message: "The card could not be added.", type: "card_error" });
  const hasDefault = visit.customer.invoice_settings.default_payment_method !== null;
  if (chosen || !hasDefault) makeDefault(tx, visit.customer.id, method);
  return { payment_method: tx.view("payment_methods", method) };
}

export const setDefaultPaymentMethod = action(
  hash({ payment_method: text, subscription: text }, ["payment_method"]),
  (tx, visit, given) => {
    requireEnabled(visit);
    ownMethod(tx, visit, given.payment_method);
    if (given.subscription) {
      const { id } = ownSubscription(tx, visit.customer.id, given.subscription, "subscription");
      updateSubscription(tx, id, { default_payment_method: given.payment_method });
    } else makeDefault(tx, visit.customer.id, given.payment_method);
    return { payment_method: tx.view("payment_methods", given.payment_method) };
  },
  { flows: [...flows] },
);

export const removePaymentMethod = action(
  hash({ payment_method: text }, ["payment_method"]),
  (tx, visit, { payment_method: id }) => {
    requireEnabled(visit);
    ownMethod(tx, visit, id);
    if (isNeeded(tx, visit, id))
      throw invalid(
        "This payment method pays for a subscription. Choose another default first.",
        undefined,
        "payment_method",
      );
    detachPaymentMethod(tx, id);
    return { removed: id };
  },
);

/** A subscription that goes on would be left without anything to charge. */
export function isNeeded(tx: Tx, { customer }: Visit, method: string): boolean {
  const isDefault = customer.invoice_settings.default_payment_method === method;
  return tx
    .by("subscriptions", "customer", customer.id)
    .filter(({ status }) => !["canceled", "incomplete_expired"].includes(status))
    .some(({ default_payment_method: own }) => (own ? own === method : isDefault));
}

function makeDefault(tx: Tx, customer: string, method: string): void {
  const { invoice_settings: settings } = tx.need("customers", customer);
  if (settings.default_payment_method === method) return;
  tx.patch("customers", customer, { invoice_settings: { ...settings, default_payment_method: method } });
  tx.emit("customer.updated", "customers", customer);
}

function ownMethod(tx: Tx, { customer }: Visit, id: string): void {
  if (tx.need("payment_methods", id, "payment_method").customer !== customer.id)
    throw invalid("The payment method belongs to another customer.", undefined, "payment_method");
}

function requireEnabled({ configuration }: Visit): void {
  if (!configuration.features.payment_method_update.enabled)
    throw invalid("Payment methods cannot be changed here.");
}
