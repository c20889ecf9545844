import type { SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import type { UpdateParams } from "./params";
import { creditItem, debitItem } from "./prorate";
import { naturalEnd } from "./renew";

/** A planned ending inside the current period cuts it short and gives back the rest; taking it back bills the rest again. */
export function fitPeriods(tx: Tx, id: string, given: Pick<UpdateParams, "proration_behavior">): void {
  const subscription = tx.need("subscriptions", id);
  if (!["active", "past_due"].includes(subscription.status)) return;
  const prorates = given.proration_behavior !== "none";
  const data = subscription.items.data.map((item): SubscriptionItem => {
    const end = naturalEnd(tx, subscription, item, item.current_period_start);
    if (end === item.current_period_end) return item;
    const fitted = { ...item, current_period_end: end };
    if (prorates && end < item.current_period_end) creditItem(tx, subscription, item, end);
    if (prorates && end > item.current_period_end)
      debitItem(tx, subscription, fitted, item.current_period_end);
    return fitted;
  });
  tx.patch("subscriptions", id, { items: wireList(subscription.items.url, data) });
}
