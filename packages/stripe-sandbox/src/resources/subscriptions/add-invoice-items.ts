import { invalid } from "../../http/errors";
import { hash, list, metadata, natural, text, unsupported } from "../../http/params";
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
    period: unsupported,
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
  return given.map(({ price, ...fields }) =>
    createItem(
      tx,
      { ...fields, ...(price && { pricing: { price } }) },
      {
        customer: tx.need("customers", subscription.customer),
        currency: subscription.currency,
        subscription,
      },
    ),
  );
}
