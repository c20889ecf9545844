import type { Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { turnSubscription } from "./turn";

/** Announces a renewal with what it will come to as things are: an invoice that does not exist and has no id. */
export function announceRenewal(tx: Tx, id: string): void {
  const subscription = tx.get("subscriptions", id);
  if (!subscription || !["active", "trialing", "past_due"].includes(subscription.status)) return;
  const end = Math.min(...subscription.items.data.map((item) => item.current_period_end));
  const shown = tx.tryOut(() => {
    turnSubscription(tx, id);
    const latest = tx.need("subscriptions", id).latest_invoice;
    return latest && latest !== subscription.latest_invoice
      ? (tx.view("invoices", latest) as Invoice)
      : undefined;
  }, end);
  if (!shown) return;
  const { id: _id, ...upcoming } = { ...shown, billing_reason: "upcoming", automatically_finalizes_at: null };
  tx.emit("invoice.upcoming", "subscriptions", id, () => upcoming);
}
