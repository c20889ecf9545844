import { invalid } from "../../http/errors";
import type { Invoice, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { type AttemptOptions, type AttemptResult, attemptPayment } from "../payment-intents/attempt";
import { followPayment } from "./follow-payment";
import { paymentIntentOf } from "./payment-of";

/** Invoice, then subscription, then customer: the first default that is set. */
export function paymentMethodFor(
  tx: Tx,
  invoice: Pick<Invoice, "default_payment_method" | "parent" | "customer">,
): string | undefined {
  const owner = invoice.parent?.subscription_details?.subscription;
  const subscription = owner ? tx.get("subscriptions", owner) : undefined;
  return invoice.default_payment_method ?? methodOfSubscription(tx, subscription, invoice.customer);
}

export function methodOfSubscription(
  tx: Tx,
  subscription: Pick<Subscription, "default_payment_method"> | undefined,
  customerId: string | null,
): string | undefined {
  const customer = customerId ? tx.get("customers", customerId) : undefined;
  return (
    subscription?.default_payment_method ?? customer?.invoice_settings.default_payment_method ?? undefined
  );
}

export function noPaymentMethod() {
  return invalid(
    "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
    "resource_missing",
  );
}

/** Charges an open invoice. The answer says how it went; the invoice and subscription already know. */
export function collectInvoice(
  tx: Tx,
  id: string,
  method: string,
  options: AttemptOptions & { automatic?: boolean },
): AttemptResult {
  const intent = paymentIntentOf(tx, id);
  if (!intent)
    throw invalid("This invoice has no payment to attempt.", "invoice_payment_intent_requires_action");
  tx.patch("payment_intents", intent, { payment_method: method });
  const result = attemptPayment(tx, intent, options);
  followPayment(tx, intent, options.automatic);
  return result;
}
