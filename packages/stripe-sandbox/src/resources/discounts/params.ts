import { invalid } from "../../http/errors";
import { hash, list, type Parser, text } from "../../http/params";

const one = hash({ coupon: text, discount: text, promotion_code: text });
export type DiscountGiven = ReturnType<typeof one>;
const mostDiscounts = 20;

/** The whole list replaces; an empty string clears. */
export const discountParams: Parser<DiscountGiven[]> = (raw, path) => {
  if (raw === "") return [];
  const given = list(one)(raw, path);
  if (given.length > mostDiscounts)
    throw invalid(`You can pass up to ${mostDiscounts} discounts.`, undefined, path);
  given.forEach((entry, at) => {
    if (Object.keys(entry).length === 1) return;
    throw invalid(
      "Pass exactly one of coupon, promotion_code and discount.",
      Object.keys(entry).length === 0 ? "parameter_missing" : "parameters_exclusive",
      `${path}[${at}]`,
    );
  });
  return given;
};
