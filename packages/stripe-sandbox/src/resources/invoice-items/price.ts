import { decimalText, fromDecimal, rational, round, times } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import { invalid } from "../../http/errors";
import type { InvoiceItem, Price } from "../../tables";
import type { Tx } from "../../transaction";
import { newPrice } from "../prices/create";
import { priceIn } from "../prices/read";
import { pricingOf, productName } from "../subscriptions/items";
import type { ItemFields } from "./params";

export type Priced = Pick<InvoiceItem, "amount" | "pricing" | "quantity"> & { name: string | null };

/** Exactly one way to say what it costs; `current` is kept where a change says nothing about it. */
export function priceItem(tx: Tx, given: ItemFields, currency: string, current?: InvoiceItem): Priced {
  const { amount, pricing, price_data: data, unit_amount_decimal: unit } = given;
  const ways = [amount, pricing, data, unit].filter((way) => way !== undefined);
  if (ways.length > 1 || (ways.length === 0 && !current)) {
    throw invalid(
      "Pass exactly one of amount, pricing[price], price_data and unit_amount_decimal.",
      ways.length > 1 ? "parameters_exclusive" : "parameter_missing",
      "amount",
    );
  }
  if (amount !== undefined && (given.quantity ?? 1) !== 1)
    throw invalid("quantity cannot be combined with amount.", "parameters_exclusive", "quantity");
  if (amount !== undefined) return byUnit(decimalText(rational(amount)), 1);
  const quantity = given.quantity ?? current?.quantity ?? 1;
  if (unit !== undefined) return byUnit(unit, quantity);
  if (data) return byPrice(tx, inlinePrice(tx, data), currency, quantity);
  const named = pricing?.price ?? current?.pricing?.price_details?.price;
  if (named) {
    const price = tx.need("prices", named, "pricing[price]");
    if (pricing) checkPrice(price);
    return byPrice(tx, price, currency, quantity);
  }
  return byUnit(current?.pricing?.unit_amount_decimal ?? "0", quantity);
}

function byUnit(unit: string, quantity: number): Priced {
  const exact = fromDecimal(unit);
  return {
    amount: round(times(exact, rational(quantity))),
    pricing: { type: "price_details", unit_amount_decimal: decimalText(exact) },
    quantity,
    name: null,
  };
}

function byPrice(tx: Tx, found: Price, currency: string, quantity: number): Priced {
  const price = priceIn(found, currency);
  return {
    amount: round(amountFor(price, quantity)),
    pricing: pricingOf(price),
    quantity,
    name: productName(tx, price),
  };
}

function checkPrice(price: Price): void {
  if (!price.active) {
    throw invalid(
      "The price specified is inactive. This field only accepts active prices.",
      "resource_missing",
      "pricing[price]",
    );
  }
  if (price.recurring)
    throw invalid("Only one-time prices can be used for an invoice item.", undefined, "pricing[price]");
}

/** A price made for one use; it cannot be bought again. */
function inlinePrice(tx: Tx, data: NonNullable<ItemFields["price_data"]>): Price {
  const { product_data: product, ...rest } = data;
  const price = newPrice(tx, {
    ...rest,
    ...(product && { product_data: { name: product.name, metadata: product.metadata ?? null } }),
  });
  return tx.patch("prices", price.id, { active: false });
}
