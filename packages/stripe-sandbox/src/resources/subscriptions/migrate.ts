import { invalid } from "../../http/errors";
import { hash, oneOf, only } from "../../http/params";
import type { Tx } from "../../transaction";

export const migrateParams = hash(
  {
    billing_mode: hash(
      { type: oneOf("flexible"), flexible: hash({ proration_discounts: only("included") }) },
      ["type"],
    ),
  },
  ["billing_mode"],
);

/** From classic to flexible billing; there is no way back. */
export function migrateSubscription(tx: Tx, id: string): void {
  const { billing_mode: mode, status } = tx.need("subscriptions", id);
  if (["canceled", "incomplete_expired"].includes(status))
    throw invalid("A subscription that has ended cannot be migrated.", undefined, "id");
  if (mode.type === "flexible")
    throw invalid("This subscription already uses flexible billing.", undefined, "billing_mode");
  tx.patch("subscriptions", id, {
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible", updated_at: tx.now },
  });
  tx.emit("customer.subscription.updated", "subscriptions", id);
}
