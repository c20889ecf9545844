import { fromDecimal } from "../../engine/money";
import { invalid } from "../../http/errors";
import {
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
} from "../../http/params";

const positive: Parser<number> = (raw, path) => {
  const value = int(raw, path);
  if (value >= 1) return value;
  throw invalid("This value must be greater than or equal to 1.", "parameter_invalid_integer", path);
};

const percentOff: Parser<number> = (raw, path) => {
  const { num, den } = fromDecimal(decimal(raw, path));
  if (num > 0n && num <= 100n * den) return Number(raw);
  throw invalid("percent_off must be greater than 0 and at most 100.", undefined, path);
};

const couponId: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (/^[\w-]{1,200}$/.test(value)) return value;
  throw invalid(
    "Coupon ids may contain letters, digits, hyphens and underscores only.",
    "parameter_invalid_string",
    path,
  );
};

const name: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (value.length <= 40) return value;
  throw invalid("The name of a coupon can have up to 40 characters.", undefined, path);
};

const option = hash({ amount_off: positive }, ["amount_off"]);
const currencyOptions: Parser<Record<string, ReturnType<typeof option>>> = (raw, path) => {
  if (typeof raw === "string") throw invalid("Invalid object", undefined, path);
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [currency(key, path), option(value, `${path}[${key}]`)]),
  );
};

const createSpec = {
  amount_off: positive,
  applies_to: hash({ products: list(text) }),
  currency,
  currency_options: currencyOptions,
  duration: oneOf("forever", "once", "repeating"),
  duration_in_months: positive,
  id: couponId,
  max_redemptions: positive,
  metadata,
  name,
  percent_off: percentOff,
  redeem_by: natural,
};
export const createParams = hash(createSpec);
export const updateParams = hash({ currency_options: currencyOptions, metadata, name });
export type CouponGiven = Infer<typeof createSpec>;

export function checkCoupon(given: CouponGiven, now: number): void {
  const { amount_off: amount, percent_off: percent, currency: code, duration = "once" } = given;
  if (amount !== undefined && percent !== undefined) {
    throw invalid(
      "You may only specify one of these parameters: amount_off, percent_off.",
      "parameters_exclusive",
      "amount_off",
    );
  }
  if (amount === undefined && percent === undefined)
    throw invalid("You must pass either percent_off or amount_off.", "parameter_missing", "percent_off");
  if (amount !== undefined && !code)
    throw invalid("Missing required param: currency.", "parameter_missing", "currency");
  if (percent !== undefined && (code || given.currency_options))
    throw invalid("currency belongs to amount_off only.", "parameters_exclusive", "currency");
  if (duration === "repeating" && given.duration_in_months === undefined) {
    throw invalid("A repeating coupon needs duration_in_months.", "parameter_missing", "duration_in_months");
  }
  if (duration !== "repeating" && given.duration_in_months !== undefined) {
    throw invalid(
      "duration_in_months can only be set when duration is repeating.",
      undefined,
      "duration_in_months",
    );
  }
  if (given.redeem_by !== undefined && given.redeem_by <= now)
    throw invalid("redeem_by must be in the future.", undefined, "redeem_by");
}
