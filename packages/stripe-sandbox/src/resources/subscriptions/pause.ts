import { invalid } from "../../http/errors";
import { hash, oneOf } from "../../http/params";
import type { Tx } from "../../transaction";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems } from "../invoices/items";
import { billSubscription } from "./bill";
import { pauseNow } from "./end-trial";
import { planTurn } from "./plan";
import { creditItem } from "./prorate";

const typed = <const T extends string>(...types: T[]) => hash({ type: oneOf(...types) }, ["type"]);

export const pauseParams = hash({
  bill_for: hash({
    outstanding_usage_through: typed("now", "none"),
    unused_time_from: typed("now", "item_current_period_start", "none"),
  }),
  invoicing_behavior: oneOf("invoice", "pending_invoice_item"),
  type: oneOf("subscription"),
});
type PauseParams = ReturnType<typeof pauseParams>;

const pausable = ["active", "trialing", "past_due", "unpaid"];

/** No more invoices and periods until it is resumed; unused time is given back unless told otherwise. */
export function pauseSubscription(tx: Tx, id: string, given: PauseParams, bySchedule = false): void {
  const subscription = tx.need("subscriptions", id);
  if (subscription.schedule && !bySchedule)
    throw invalid("A subscription with a schedule attached cannot be paused.", undefined, "id");
  if (!pausable.includes(subscription.status))
    throw invalid(`A subscription with status ${subscription.status} cannot be paused.`, undefined, "id");
  const from = given.bill_for?.unused_time_from?.type ?? "now";
  if (from !== "none" && subscription.status !== "trialing") {
    for (const item of subscription.items.data)
      creditItem(tx, subscription, item, from === "now" ? tx.now : item.current_period_start);
  }
  pauseNow(tx, id, "pause_requested");
  const pending = pendingItems(tx, subscription.customer, id);
  if (given.invoicing_behavior === "invoice" && pending.length > 0) {
    const draft = billSubscription(tx, subscription, {
      reason: "subscription_update",
      pending,
      autoAdvance: true,
    });
    finalizeInvoice(tx, draft.id, { daysUntilDue: subscription.days_until_due });
  }
  planTurn(tx, id);
}
