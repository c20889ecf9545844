import { invalid } from "../../http/errors";
import { hash, int, list, metadata, natural, oneOf, text } from "../../http/params";
import type { InvoiceItem, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { discountParams } from "../discounts/params";
import { createItem } from "../invoice-items/change";
import { priceData } from "../invoice-items/params";
import { taxRateIds } from "../tax-rates";

const mostItems = 20;

export const addInvoiceItems = list(
  hash({
    discounts: discountParams,
    metadata,
    period: hash(
      {
        end: hash({ timestamp: int, type: oneOf("min_item_period_end", "timestamp") }, ["type"]),
        start: hash({ timestamp: int, type: oneOf("max_item_period_start", "now", "timestamp") }, ["type"]),
      },
      ["end", "start"],
    ),
    price: text,
    price_data: priceData,
    quantity: natural,
    tax_rates: taxRateIds,
  }),
);

/** Things bought once together with a subscription: they wait for its next invoice. */
export function putInvoiceItems(
  tx: Tx,
  subscription: Subscription,
  given: ReturnType<typeof addInvoiceItems> = [],
): InvoiceItem[] {
  if (given.length > mostItems)
    throw invalid(`You can add up to ${mostItems} invoice items.`, undefined, "add_invoice_items");
  return given.map(({ price, period, ...fields }) =>
    createItem(
      tx,
      {
        ...fields,
        ...(price && { pricing: { price } }),
        ...(period && { period: spanOf(tx, subscription, period) }),
      },
      {
        customer: tx.need("customers", subscription.customer),
        currency: subscription.currency,
        subscription,
      },
    ),
  );
}

type Period = NonNullable<ReturnType<typeof addInvoiceItems>[number]["period"]>;

function spanOf(tx: Tx, { items }: Subscription, { start, end }: Period) {
  const from = {
    max_item_period_start: Math.max(...items.data.map((item) => item.current_period_start)),
    now: tx.now,
    timestamp: start.timestamp ?? tx.now,
  };
  const until = {
    min_item_period_end: Math.min(...items.data.map((item) => item.current_period_end)),
    timestamp: end.timestamp ?? tx.now,
  };
  return { start: from[start.type], end: until[end.type] };
}
