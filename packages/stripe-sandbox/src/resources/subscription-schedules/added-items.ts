import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { createItem } from "../invoice-items/change";
import { inlinePrice } from "../prices/inline";
import { givenRates } from "../tax-rates";
import { type Phase, shownDiscount } from "./build-phases";
import type { AddedGiven } from "./phase-params";
import { asGiven } from "./start";

type Added = Phase["add_invoice_items"][number];

const mostItems = 20;

/** Things bought once when a phase begins, as the phase shows them. */
export function addedItems(tx: Tx, given: AddedGiven[], param: string): Added[] {
  if (given.length > mostItems)
    throw invalid(`A phase can add up to ${mostItems} invoice items.`, undefined, param);
  return given.map((entry, at): Added => {
    const name = `${param}[${at}]`;
    return {
      discountable: entry.discountable ?? null,
      discounts: (entry.discounts ?? []).map(shownDiscount),
      metadata: mergeMetadata(null, entry.metadata),
      period: entry.period ?? {
        end: { type: "min_item_period_end" },
        start: { type: "max_item_period_start" },
      },
      price: priceOf(tx, entry, name),
      quantity: entry.quantity ?? 1,
      tax_rates: givenRates(tx, entry.tax_rates ?? [], `${name}[tax_rates]`),
    };
  });
}

function priceOf(tx: Tx, { price, price_data: data }: AddedGiven, param: string): string {
  if (price && data)
    throw invalid("Pass either price or price_data.", "parameters_exclusive", `${param}[price_data]`);
  if (data) {
    const { product_data: product, ...rest } = data;
    const named = product && { product_data: { name: product.name, metadata: product.metadata ?? null } };
    return inlinePrice(tx, { ...rest, ...named }).id;
  }
  if (!price)
    throw invalid(`Missing required param: ${param}[price].`, "parameter_missing", `${param}[price]`);
  const found = tx.need("prices", price, `${param}[price]`);
  if (!found.active || found.recurring) {
    const message = "An invoice item of a phase needs an active one-time price.";
    throw invalid(message, undefined, `${param}[price]`);
  }
  return found.id;
}

/** They wait for the next invoice, which is the one of the phase's first period where that begins, too. */
export function putAddedItems(tx: Tx, subscription: Subscription, phase: Phase): void {
  const items = subscription.items.data;
  for (const added of phase.add_invoice_items) {
    const { start, end } = added.period;
    const from = {
      max_item_period_start: Math.max(...items.map((item) => item.current_period_start)),
      phase_start: phase.start_date,
      timestamp: start.timestamp ?? tx.now,
    };
    const until = {
      min_item_period_end: Math.min(...items.map((item) => item.current_period_end)),
      phase_end: phase.end_date,
      timestamp: end.timestamp ?? tx.now,
    };
    createItem(
      tx,
      {
        discounts: added.discounts.map(asGiven),
        metadata: added.metadata,
        period: {
          start: from[start.type as keyof typeof from],
          end: until[end.type as keyof typeof until],
        },
        pricing: { price: String(added.price) },
        quantity: added.quantity ?? 1,
        tax_rates: (added.tax_rates ?? []).map((rate) => rate.id),
        ...(added.discountable !== null && { discountable: added.discountable }),
      },
      {
        customer: tx.need("customers", subscription.customer),
        currency: subscription.currency,
        subscription,
        planned: true,
      },
    );
  }
}
