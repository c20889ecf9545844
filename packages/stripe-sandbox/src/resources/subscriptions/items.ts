import type { Interval } from "../../engine/periods";
import { invalid } from "../../http/errors";
import { newId } from "../../ids";
import type { Customer, InvoiceLine, Price, SubscriptionItem } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { planOf } from "../plans";
import { inlinePrice, type recurringPriceData } from "../prices/inline";
import { presentPrice, priceIn } from "../prices/read";

interface Wanted {
  price?: string;
  price_data?: ReturnType<typeof recurringPriceData>;
  /** A schedule checked the price when its phase was planned; since then it may have been archived. */
  planned?: boolean;
}

/** The price of an item: one of the catalogue, or one made for it on the spot. */
export function chosenPrice(tx: Tx, given: Wanted, param: string): Price {
  const { price, price_data: data } = given;
  if (price && data) {
    throw invalid(
      "You may only specify one of these parameters: price, price_data.",
      "parameters_exclusive",
      `${param}[price_data]`,
    );
  }
  if (price && given.planned) return tx.need("prices", price, `${param}[price]`);
  return data ? inlinePrice(tx, data) : usablePrice(tx, price, `${param}[price]`);
}

export function usablePrice(tx: Tx, id: string | undefined, param: string): Price {
  if (!id) throw invalid(`Missing required param: ${param}.`, "parameter_missing", param);
  const price = tx.need("prices", id, param);
  if (!price.active || !tx.get("products", String(price.product))?.active) {
    throw invalid(
      "The price specified is inactive. This field only accepts active prices.",
      "resource_missing",
      param,
    );
  }
  if (!price.recurring) {
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      undefined,
      param,
    );
  }
  return price;
}

/** Usage decides how much of a metered price is billed, nobody else. */
export function isMetered(price: Pick<Price, "recurring">): boolean {
  return price.recurring?.usage_type === "metered";
}

export function refuseQuantity(price: Price, quantity: number | undefined, param: string): void {
  if (quantity === undefined || !isMetered(price)) return;
  throw invalid(
    `The quantity of a metered price comes from its meter; ${price.id} takes none.`,
    undefined,
    `${param}[quantity]`,
  );
}

/** How much usage is billed at once; only what is used can reach it. */
export function usageThreshold(
  price: Price,
  given: { usage_gte: number } | null | undefined,
  param: string,
): SubscriptionItem["billing_thresholds"] {
  if (!given) return null;
  if (isMetered(price) && given.usage_gte > 0) return given;
  const message = isMetered(price) ? "usage_gte must be positive." : "usage_gte needs a metered price.";
  throw invalid(message, undefined, `${param}[billing_thresholds]`);
}

const units = ["day", "week", "month", "year"] as const;

export function intervalOf(price: Price): Interval {
  const unit = units.find((name) => name === price.recurring?.interval);
  if (!unit) throw new Error(`${price.id} does not recur`);
  return { unit, count: price.recurring?.interval_count ?? 1 };
}

/** Flexible billing allows items with different intervals, each with its own period. */
export function checkTogether(prices: Price[], mode: string): void {
  if (new Set(prices.map((price) => price.id)).size < prices.length) {
    throw invalid("Each subscription item must have a different price.", undefined, "items");
  }
  if (prices.length > 20) throw invalid("A subscription can have up to 20 items.", undefined, "items");
  const lengths = new Set(prices.map((price) => JSON.stringify(intervalOf(price))));
  if (lengths.size > 1 && mode === "classic") {
    const message = "Subscription items of classic billing must all have the same billing interval.";
    throw invalid(message, undefined, "items");
  }
}

/** The currency asked for, else the customer's own where every price has it, else the first price's. */
export function currencyFor(customer: Customer, prices: Price[], wanted: string | undefined): string {
  const own = customer.currency;
  const chosen =
    wanted ?? (own && prices.every((price) => price.currency_options?.[own]) ? own : prices[0]?.currency);
  if (!chosen) throw invalid("Missing required param: items.", "parameter_missing", "items");
  for (const price of prices) priceIn(price, chosen);
  return chosen;
}

export function newItem(
  subscription: string,
  price: Price,
  given: { quantity: number; metadata: Record<string, string> },
  period: { start: number; end: number },
  created: number,
): SubscriptionItem {
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: given.metadata,
    plan: planOf(price),
    price: presentPrice(price),
    ...(!isMetered(price) && { quantity: given.quantity }),
    subscription,
    tax_rates: [],
  };
}

export function priceOfItem(read: Read, item: SubscriptionItem, currency: string): Price {
  const price = read.get("prices", item.price.id);
  if (!price) throw new Error(`${item.id} has no price`);
  return priceIn(price, currency);
}

export function pricingOf(price: Price, unitAmount = price.unit_amount_decimal): InvoiceLine["pricing"] {
  return {
    price_details: { price: price.id, product: String(price.product) },
    type: "price_details",
    unit_amount_decimal: unitAmount,
  };
}

export function productName(read: Read, price: Price): string {
  return read.get("products", String(price.product))?.name ?? String(price.product);
}
