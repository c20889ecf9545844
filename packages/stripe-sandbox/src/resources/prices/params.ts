import { invalid } from "../../http/errors";
import {
  bool,
  currency,
  decimal,
  hash,
  type Infer,
  int,
  list,
  metadata,
  natural,
  oneOf,
  type Parser,
  text,
  unsupported,
} from "../../http/params";

const upTo: Parser<number | null> = (raw, path) => (raw === "inf" ? null : natural(raw, path));
const tierParams = hash(
  {
    up_to: upTo,
    unit_amount: natural,
    unit_amount_decimal: decimal,
    flat_amount: natural,
    flat_amount_decimal: decimal,
  },
  ["up_to"],
);
export const taxBehavior = oneOf("inclusive", "exclusive", "unspecified");
const amounts = { unit_amount: natural, unit_amount_decimal: decimal };
const currencyOption = hash({
  ...amounts,
  tax_behavior: taxBehavior,
  tiers: list(tierParams),
  custom_unit_amount: unsupported,
});
const currencyOptions: Parser<Record<string, ReturnType<typeof currencyOption>>> = (raw, path) => {
  if (typeof raw === "string") throw invalid("Invalid object", undefined, path);
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [
      currency(key, path),
      currencyOption(value, `${path}[${key}]`),
    ]),
  );
};

export const amountParams = { ...amounts, currency_options: currencyOptions };
export const recurringParams = hash(
  {
    interval: oneOf("day", "week", "month", "year"),
    interval_count: natural,
    usage_type: oneOf("licensed", "metered"),
    meter: text,
    trial_period_days: unsupported,
  },
  ["interval"],
);
export const createSpec = {
  ...amountParams,
  currency,
  active: bool,
  billing_scheme: oneOf("per_unit", "tiered"),
  custom_unit_amount: unsupported,
  lookup_key: text,
  metadata,
  nickname: text,
  product: text,
  product_data: hash(
    {
      name: text,
      id: text,
      active: bool,
      metadata,
      statement_descriptor: text,
      tax_code: text,
      tax_details: unsupported,
      unit_label: text,
    },
    ["name"],
  ),
  recurring: recurringParams,
  tax_behavior: taxBehavior,
  tiers: list(tierParams),
  tiers_mode: oneOf("graduated", "volume"),
  transfer_lookup_key: bool,
  transform_quantity: hash({ divide_by: int, round: oneOf("up", "down") }, ["divide_by", "round"]),
};
export type PriceFields = Infer<typeof createSpec, "currency">;
