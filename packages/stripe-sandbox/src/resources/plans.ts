import { missing } from "../http/errors";
import { hash } from "../http/params";
import type { Price, SubscriptionItem } from "../tables";
import { type Resource, route } from "./resource";

/** The old name of a recurring price; it shares the id. */
export function planOf(price: Price): SubscriptionItem["plan"] {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days: null,
    usage_type: price.recurring?.usage_type ?? "licensed",
  };
}

const retrieve = route("GET", "/v1/plans/:", hash({}), ({ tx, ids: [id] }) => {
  const price = tx.get("prices", id);
  if (!price?.recurring) throw missing("plan", id, "id", 404);
  return planOf(price);
});

/** Only what the events about plans lead to; prices are made and changed as prices. */
export const plans: Resource = { routes: [retrieve] };
