import type { BilledItemRow } from "../db/sql/billed-items";
import { amountOf } from "../plans/pricing";

/** What a period costs without usage, before discounts and tax; null while one of its prices is not known. */
export function periodAmount(items: readonly BilledItemRow[]): number | null {
  let sum = 0;
  for (const item of items) {
    if (item.usageType === "metered") continue;
    if (item.unitAmount === null && item.tiers === null) return null;
    sum += amountOf(item, item.quantity ?? 1);
  }
  return items.length > 0 ? sum : null;
}
