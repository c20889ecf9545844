import { invalid } from "../../http/errors";
import {
  bool,
  clearable,
  currency,
  decimal,
  hash,
  type Infer,
  int,
  metadata,
  natural,
  oneOf,
  type Parser,
  text,
  unsupported,
} from "../../http/params";
import { discountParams } from "../discounts/params";
import { taxRateIds } from "../tax-rates";

export const priceData = hash(
  {
    currency,
    product: text,
    product_data: hash({ name: text, description: text, metadata }, ["name"]),
    tax_behavior: oneOf("inclusive", "exclusive", "unspecified"),
    unit_amount: int,
    unit_amount_decimal: decimal,
  },
  ["currency"],
);

/** A decimal that is not below zero. */
const amountText: Parser<string> = (raw, path) => {
  const value = decimal(raw, path);
  if (!value.startsWith("-")) return value;
  throw invalid("This value must be greater than or equal to 0.", "parameter_invalid_integer", path);
};

/** What a line of an invoice and the item behind it have in common. */
export const lineFields = {
  amount: int,
  description: text,
  discountable: bool,
  discounts: discountParams,
  metadata,
  period: hash({ start: int, end: int }, ["start", "end"]),
  price_data: priceData,
  pricing: hash({ price: text }),
  quantity: natural,
  quantity_decimal: amountText,
  tax_amounts: unsupported,
  tax_rates: taxRateIds,
};
export type LineFields = Infer<typeof lineFields>;

const { tax_amounts: _ofLines, ...shared } = lineFields;
const itemFields = {
  ...shared,
  tax_behavior: oneOf("inclusive", "exclusive", "unspecified"),
  tax_code: clearable(text),
  unit_amount_decimal: decimal,
};

export const createParams = hash({
  ...itemFields,
  currency,
  customer: text,
  customer_account: unsupported,
  invoice: text,
  subscription: text,
});
export const updateParams = hash({ ...itemFields, invoicing_rules: clearable(unsupported) });
export type ItemFields = LineFields & {
  tax_behavior?: "inclusive" | "exclusive" | "unspecified";
  tax_code?: string | null;
  unit_amount_decimal?: string;
};
