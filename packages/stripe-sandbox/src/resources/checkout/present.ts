import type { CheckoutItem, CheckoutSession } from "../../tables";
import type { Read } from "../../transaction";
import { type WireList, wireList } from "../../wire";
import { presentPrice } from "../prices/read";
import { itemsOf } from "./items";

export function presentItem(read: Read, row: object): object {
  const {
    session: _session,
    rates: _rates,
    position: _position,
    discounts,
    taxes,
    ...item
  } = row as CheckoutItem;
  const price = read.get("prices", item.price);
  return { ...item, price: price ? presentPrice(price) : null };
}

export function lineItemsOf(read: Read, session: string): WireList<object> {
  const rows = itemsOf(read, session);
  const shown = rows.slice(0, 10).map((row) => presentItem(read, row));
  return wireList(`/v1/checkout/sessions/${session}/line_items`, shown, rows.length > 10);
}

export function discountsOf(read: Read, item: string): object[] {
  const { discounts = [] } = read.get("checkout_items", item) ?? {};
  return discounts.map(({ amount, discount }) => ({ amount, discount: read.get("discounts", discount) }));
}

export function taxesOf(read: Read, item: string): object[] {
  const { taxes = [] } = read.get("checkout_items", item) ?? {};
  return taxes.map((tax) => ({ ...tax, rate: read.get("tax_rates", tax.rate) }));
}

/** The sums of all lines, by discount and by rate. */
export function breakdownOf(read: Read, session: string): object {
  const items = itemsOf(read, session);
  const off = new Map<string, number>();
  const taxes = new Map<string, CheckoutItem["taxes"][number]>();
  for (const { discount, amount } of items.flatMap((item) => item.discounts))
    off.set(discount, (off.get(discount) ?? 0) + amount);
  for (const tax of items.flatMap((item) => item.taxes)) {
    const seen = taxes.get(tax.rate);
    taxes.set(tax.rate, {
      ...tax,
      amount: tax.amount + (seen?.amount ?? 0),
      taxable_amount: tax.taxable_amount + (seen?.taxable_amount ?? 0),
    });
  }
  return {
    discounts: [...off].map(([id, amount]) => ({ amount, discount: read.get("discounts", id) })),
    taxes: [...taxes.values()].map((tax) => ({ ...tax, rate: read.get("tax_rates", tax.rate) })),
  };
}

/** `{CHECKOUT_SESSION_ID}` stands for the id, also where it was percent-encoded. */
export function withSessionId(address: string, { id }: Pick<CheckoutSession, "id">): string {
  return address.replace(/(\{|%7B)CHECKOUT_SESSION_ID(\}|%7D)/gi, id);
}
