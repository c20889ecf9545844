import { catalog } from "../catalog";
import { notAllowed } from "../errors";
import { rateColumns, rateOfRow } from "./price-rates";
import { amountOf, type Rate } from "./pricing";
import { type Choice, itemsOf } from "./purchase-rules";
import type { Prices } from "./queries";

export interface PurchaseItem {
  priceId: string;
  kind: string | null;
  catalogId: string | null;
  meter: string | null;
  /** null for usage. */
  quantity: number | null;
  rate: Rate;
}

export interface PurchaseItems {
  items: PurchaseItem[];
  /** What one period costs without usage, in minor units, before discounts and tax. */
  recurring: number;
  isMetered: boolean;
}

/** The prices at Stripe of what is chosen; the client never sends one. */
export async function purchaseItems(db: Prices, choice: Choice): Promise<PurchaseItems> {
  const wanted = itemsOf(catalog, choice);
  const prices = await db.price.findMany({
    where: { lookupKey: { in: wanted.map(({ lookupKey }) => lookupKey) }, active: true },
    select: { id: true, lookupKey: true, kind: true, catalogId: true, meter: true, ...rateColumns },
  });
  const byKey = new Map(prices.map((price) => [price.lookupKey, price]));
  const items = wanted.map(({ lookupKey, name, quantity }): PurchaseItem => {
    const price = byKey.get(lookupKey);
    if (!price) {
      const { interval, currency } = choice;
      throw notAllowed(
        "price_not_available",
        `${name} cannot be bought per ${interval} in ${currency.toUpperCase()}.`,
      );
    }
    const { id, kind, catalogId, meter } = price;
    return { priceId: id, kind, catalogId, meter, quantity, rate: rateOfRow(price) };
  });
  return {
    items,
    recurring: recurringAmount(items),
    isMetered: items.some(({ quantity }) => quantity === null),
  };
}

export const recurringAmount = (items: readonly Pick<PurchaseItem, "quantity" | "rate">[]): number =>
  items.reduce((sum, { quantity, rate }) => sum + (quantity === null ? 0 : amountOf(rate, quantity)), 0);

/** Names what is bought, in any order: two purchases of the same are one. */
export const itemsKey = (items: readonly { priceId: string; quantity: number | bigint | null }[]): string =>
  items
    .map(({ priceId, quantity }) => `${priceId}:${quantity ?? ""}`)
    .sort()
    .join(" ");
