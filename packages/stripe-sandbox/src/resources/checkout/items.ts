import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { CheckoutItem, Price } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { inlinePrice } from "../prices/inline";
import { isMetered, productName } from "../subscriptions/items";
import { givenRates } from "../tax-rates";
import type { ItemGiven } from "./params-items";

const mostByPage = 99;
const mostAdjustable = 999_999;

export function itemsOf(read: Read, session: string): CheckoutItem[] {
  return read.by("checkout_items", "session", session).sort((left, right) => left.position - right.position);
}

/** An existing price, or one made for this purchase, which nobody can buy again. */
export function priceOfGiven(tx: Tx, given: ItemGiven, param: string): Price {
  const { price: id, price_data: data } = given;
  if (id && data) {
    throw invalid(
      "You may only specify one of these parameters: price, price_data.",
      "parameters_exclusive",
      `${param}[price_data]`,
    );
  }
  if (!id && !data)
    throw invalid(`Missing required param: ${param}[price].`, "parameter_missing", `${param}[price]`);
  if (id) return activePrice(tx, id, `${param}[price]`);
  if (data?.unit_amount === undefined && data?.unit_amount_decimal === undefined)
    throw invalid(
      `Missing required param: ${param}[price_data][unit_amount].`,
      "parameter_missing",
      `${param}[price_data][unit_amount]`,
    );
  return madePrice(tx, data);
}

function madePrice(tx: Tx, { product_data: about, ...data }: NonNullable<ItemGiven["price_data"]>): Price {
  const { description, images, ...product } = about ?? { name: "" };
  const price = inlinePrice(tx, { ...data, ...(about && { product_data: product }) });
  if (description || images)
    tx.patch("products", String(price.product), {
      ...(description && { description }),
      ...(images && { images }),
    });
  return price;
}

export function activePrice(tx: Tx, id: string, param: string): Price {
  const price = tx.need("prices", id, param);
  if (price.active && tx.get("products", String(price.product))?.active) return price;
  throw invalid(
    "The price specified is inactive. This field only accepts active prices.",
    "resource_missing",
    param,
  );
}

export function putItem(
  tx: Tx,
  session: string,
  given: ItemGiven,
  made: { price: Price; currency: string; position: number; param: string },
): CheckoutItem {
  const { price, currency, position, param } = made;
  return tx.put("checkout_items", {
    id: newId("li"),
    object: "item",
    adjustable_quantity: adjustableFor(given.adjustable_quantity, `${param}[adjustable_quantity]`),
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency,
    description: productName(tx, price),
    discounts: [],
    metadata: mergeMetadata(null, given.metadata),
    position,
    price: price.id,
    quantity: quantityFor(price, given.quantity, `${param}[quantity]`),
    rates: givenRates(tx, given.tax_rates ?? [], `${param}[tax_rates]`).map(({ id }) => id),
    session,
    taxes: [],
  });
}

export function quantityFor(price: Price, given: number | undefined, param: string): number | null {
  if (isMetered(price)) {
    if (given === undefined) return null;
    throw invalid("The quantity of a metered price comes from its meter; leave it out.", undefined, param);
  }
  if (given === undefined) throw invalid(`Missing required param: ${param}.`, "parameter_missing", param);
  return given;
}

export function adjustableFor(
  given: ItemGiven["adjustable_quantity"],
  param: string,
): CheckoutItem["adjustable_quantity"] {
  if (!given) return null;
  if (!given.enabled) return { enabled: false, maximum: null, minimum: null };
  const { maximum = mostByPage, minimum = 0 } = given;
  if (maximum > mostAdjustable)
    throw invalid(
      `maximum can be up to ${mostAdjustable}.`,
      "parameter_invalid_integer",
      `${param}[maximum]`,
    );
  if (maximum < minimum || maximum === 0)
    throw invalid("maximum must be greater than minimum.", undefined, `${param}[maximum]`);
  return { enabled: true, maximum, minimum };
}

/** Does the work while prices made for this session can be bought. */
export function withPricesOpen<T>(tx: Tx, items: CheckoutItem[], work: () => T): T {
  const closed = items.map(({ price }) => tx.need("prices", price)).filter(({ active }) => !active);
  for (const price of closed) tx.patch("prices", price.id, { active: true });
  const result = work();
  for (const price of closed) tx.patch("prices", price.id, { active: false });
  return result;
}
