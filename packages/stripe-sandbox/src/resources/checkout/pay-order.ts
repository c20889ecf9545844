import { fullAddress, mergeMetadata } from "../../http/params";
import type { CheckoutOrder, CheckoutSession, PaymentIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { changeTerms } from "../connect/terms";
import { type AttemptResult, attemptPayment } from "../payment-intents/attempt";
import { declined } from "../payment-intents/confirm";
import { newPaymentIntent } from "../payment-intents/create";
import type { Outcome } from "./confirm";
import { followOrder } from "./follow";

/** Payment mode: the intent is made with the first attempt and tried again with every other card. */
export function payOrder(tx: Tx, session: CheckoutSession, order: CheckoutOrder, keeps: boolean): Outcome {
  const intent = order.intent ? tx.need("payment_intents", order.intent) : newIntent(tx, session, order);
  const usage = order.given.payment_intent_data?.setup_future_usage ?? (keeps ? "on_session" : null);
  tx.patch("payment_intents", intent.id, {
    amount: session.amount_total ?? 0,
    customer: order.customer,
    payment_method: order.method,
    setup_future_usage: usage,
  });
  tx.patch("checkout_orders", order.id, { intent: intent.id });
  tx.patch("checkout_sessions", session.id, { payment_intent: intent.id });
  return outcomeOf(tx, intent.id, attemptPayment(tx, intent.id, { offSession: false, inBrowser: true }));
}

function newIntent(tx: Tx, session: CheckoutSession, { given, customer }: CheckoutOrder): PaymentIntent {
  const {
    metadata,
    shipping,
    application_fee_amount,
    on_behalf_of,
    transfer_data,
    transfer_group = null,
    ...data
  } = given.payment_intent_data ?? {};
  const intent = newPaymentIntent(tx, {
    ...data,
    amount: session.amount_total ?? 0,
    automatic_payment_methods: { allow_redirects: "always", enabled: true },
    currency: session.currency ?? "usd",
    customer,
    metadata: mergeMetadata(null, metadata),
    shipping: shipping ? { ...shipping, address: fullAddress(shipping.address) } : null,
    transfer_group,
  });
  return tx.patch(
    "payment_intents",
    intent.id,
    changeTerms(tx, intent, { application_fee_amount, on_behalf_of, transfer_data }),
  );
}

/** How an attempt ended, and what follows from it. */
export function outcomeOf(tx: Tx, intent: string, result: AttemptResult): Outcome {
  if (result === "declined") throw declined(tx, intent, true);
  if (result === "succeeded") {
    followOrder(tx, intent);
    return { status: "complete" };
  }
  const { client_secret: secret } = tx.need("payment_intents", intent);
  return { status: "requires_action", client_secret: secret ?? "" };
}
