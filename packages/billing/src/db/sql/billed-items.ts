/** What a subscription bills for, with what its price says; a price that is not mirrored yet has no rate. */
export interface BilledItemRow {
  kind: string | null;
  usageType: string | null;
  quantity: number | null;
  unitAmount: string | null;
  tiersMode: "graduated" | "volume" | null;
  tiers: { upTo: number | null; unit: string; flat: string }[] | null;
  packageSize: number | null;
  packageRound: "up" | "down" | null;
}

const columns = `json_build_object('kind', p.kind, 'usageType', p.usage_type, 'quantity', i.quantity,
  'unitAmount', coalesce(p.unit_amount_decimal, p.unit_amount::text), 'tiersMode', p.tiers_mode, 'tiers', p.tiers,
  'packageSize', p.package_size, 'packageRound', p.package_round)`;

/** Of the subscription `s` of the query; where no items are known, its price speaks for them. */
export const billedItems = `coalesce(
  (SELECT json_agg(${columns}) FROM subscription_item i LEFT JOIN price p ON p.id = i.price_id
    WHERE i.customer_id = s.customer_id AND i.subscription_id = s.id),
  (SELECT json_agg(${columns}) FROM (SELECT s.price_id, s.quantity) i JOIN price p ON p.id = i.price_id),
  '[]'::json)`;
