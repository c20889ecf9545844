import { invalid } from "../../http/errors";
import {
  bool,
  currency,
  hash,
  type Infer,
  metadata,
  natural,
  oneOf,
  type Parser,
  text,
  unsupported,
} from "../../http/params";

const minimum = hash({ minimum_amount: natural });
const currencyOptions: Parser<Record<string, { minimum_amount: number }>> = (raw, path) => {
  if (typeof raw === "string") throw invalid("Invalid object", undefined, path);
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [
      currency(key, path),
      { minimum_amount: minimum(value, `${path}[${key}]`).minimum_amount ?? 0 },
    ]),
  );
};
const codeText: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (/^[A-Za-z0-9-]{1,500}$/.test(value)) return value;
  throw invalid(
    "A promotion code may contain letters, digits and hyphens only.",
    "parameter_invalid_string",
    path,
  );
};

const createSpec = {
  active: bool,
  code: codeText,
  customer: text,
  customer_account: unsupported,
  expires_at: natural,
  max_redemptions: natural,
  metadata,
  promotion: hash({ coupon: text, type: oneOf("coupon") }, ["type"]),
  restrictions: hash({
    currency_options: currencyOptions,
    first_time_transaction: bool,
    minimum_amount: natural,
    minimum_amount_currency: currency,
  }),
};
export type Given = Infer<typeof createSpec, "promotion">;

export const createParams = hash(createSpec, ["promotion"]);
export const updateParams = hash({
  active: bool,
  metadata,
  restrictions: hash({ currency_options: currencyOptions }),
});
