import { currency, decimal, hash, int, natural, oneOf, text } from "../../http/params";
import type { Price } from "../../tables";
import type { Tx } from "../../transaction";
import { newPrice } from "./create";
import { type PriceFields, taxBehavior } from "./params";

/** `price_data` where something recurs. */
export const recurringPriceData = hash(
  {
    currency,
    product: text,
    recurring: hash({ interval: oneOf("day", "week", "month", "year"), interval_count: int }, ["interval"]),
    tax_behavior: taxBehavior,
    unit_amount: natural,
    unit_amount_decimal: decimal,
  },
  ["currency", "product", "recurring"],
);

/** A price made for one use; it is inactive from the start and cannot be bought again. */
export function inlinePrice(tx: Tx, given: PriceFields): Price {
  return tx.patch("prices", newPrice(tx, given).id, { active: false });
}
