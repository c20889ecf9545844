import { invalid } from "../../http/errors";
import { hash, oneOf } from "../../http/params";
import type { Tx } from "../../transaction";
import { isItemized, modeOf } from "./settings";

export const migrateParams = hash(
  {
    billing_mode: hash(
      { type: oneOf("flexible"), flexible: hash({ proration_discounts: oneOf("included", "itemized") }) },
      ["type"],
    ),
  },
  ["billing_mode"],
);

/** From classic to flexible billing, or to itemized discounts; there is no way back. */
export function migrateSubscription(tx: Tx, id: string, given: ReturnType<typeof migrateParams>): void {
  const { billing_mode: mode, status } = tx.need("subscriptions", id);
  const next = modeOf(given.billing_mode);
  if (["canceled", "incomplete_expired"].includes(status))
    throw invalid("A subscription that has ended cannot be migrated.", undefined, "id");
  if (mode.type === "flexible" && (isItemized(mode) || !isItemized(next)))
    throw invalid("This subscription already uses this billing mode.", undefined, "billing_mode");
  tx.patch("subscriptions", id, { billing_mode: { ...next, updated_at: tx.now } });
  tx.emit("customer.subscription.updated", "subscriptions", id);
}
