import type { Dispute } from "../../tables";
import type { Tx } from "../../transaction";
import { endSubscription } from "../subscriptions/cancel";

const ended = ["canceled", "incomplete_expired"];

/** The account may be set to end a subscription, without proration, once its payment is charged back. */
export function cancelDisputed(tx: Tx, { payment_intent: intent }: Dispute): void {
  if (!intent) return;
  for (const { invoice } of tx.by("invoice_payments", "payment.payment_intent", intent)) {
    const id = tx.get("invoices", invoice)?.parent?.subscription_details?.subscription;
    const subscription = tx.get("subscriptions", id ?? "");
    if (!subscription || ended.includes(subscription.status)) continue;
    endSubscription(tx, subscription.id, { reason: "payment_disputed" });
  }
}
