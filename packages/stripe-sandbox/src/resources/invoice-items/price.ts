import { decimalText, fromDecimal, rational, round, times } from "../../engine/money";
import { amountFor } from "../../engine/price-amount";
import { invalid } from "../../http/errors";
import type { InvoiceItem, Price } from "../../tables";
import type { Tx } from "../../transaction";
import { inlinePrice } from "../prices/inline";
import { priceIn } from "../prices/read";
import { pricingOf, productName } from "../subscriptions/items";
import type { ItemFields } from "./params";

export type Priced = Pick<InvoiceItem, "amount" | "pricing" | "quantity" | "quantity_decimal"> & {
  name: string | null;
};

/** Exactly one way to say what it costs; `current` is kept where a change says nothing about it. */
export function priceItem(
  tx: Tx,
  given: ItemFields & { planned?: boolean },
  currency: string,
  current?: InvoiceItem,
): Priced {
  const { amount, pricing, price_data: data, unit_amount_decimal: unit } = given;
  const ways = [amount, pricing, data, unit].filter((way) => way !== undefined);
  if (ways.length > 1 || (ways.length === 0 && !current)) {
    throw invalid(
      "Pass exactly one of amount, pricing[price], price_data and unit_amount_decimal.",
      ways.length > 1 ? "parameters_exclusive" : "parameter_missing",
      "amount",
    );
  }
  if (given.quantity !== undefined && given.quantity_decimal !== undefined)
    throw invalid("Pass either quantity or quantity_decimal.", "parameters_exclusive", "quantity_decimal");
  const asked = given.quantity_decimal ?? given.quantity?.toString();
  if (amount !== undefined && asked !== undefined && Number(asked) !== 1)
    throw invalid("quantity cannot be combined with amount.", "parameters_exclusive", "quantity");
  if (amount !== undefined) return byUnit(decimalText(rational(amount)), "1");
  const quantity = asked ?? current?.quantity_decimal ?? "1";
  if (unit !== undefined) return byUnit(unit, quantity);
  if (data) return byPrice(tx, priceFrom(tx, data), currency, quantity);
  const named = pricing?.price ?? current?.pricing?.price_details?.price;
  if (named) {
    const price = tx.need("prices", named, "pricing[price]");
    if (pricing && !given.planned) checkPrice(price);
    return byPrice(tx, price, currency, quantity);
  }
  return byUnit(current?.pricing?.unit_amount_decimal ?? "0", quantity);
}

/** The whole units, and all of them. */
function counted(quantity: string): Pick<Priced, "quantity" | "quantity_decimal"> {
  return { quantity: Math.trunc(Number(quantity)), quantity_decimal: decimalText(fromDecimal(quantity)) };
}

function byUnit(unit: string, quantity: string): Priced {
  const exact = fromDecimal(unit);
  return {
    amount: round(times(exact, fromDecimal(quantity))),
    pricing: { type: "price_details", unit_amount_decimal: decimalText(exact) },
    ...counted(quantity),
    name: null,
  };
}

function byPrice(tx: Tx, found: Price, currency: string, quantity: string): Priced {
  const price = priceIn(found, currency);
  return {
    amount: round(amountFor(price, quantity)),
    pricing: pricingOf(price),
    ...counted(quantity),
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

function priceFrom(tx: Tx, data: NonNullable<ItemFields["price_data"]>): Price {
  const { product_data: product, ...rest } = data;
  return inlinePrice(tx, {
    ...rest,
    ...(product && { product_data: { name: product.name, metadata: product.metadata ?? null } }),
  });
}
