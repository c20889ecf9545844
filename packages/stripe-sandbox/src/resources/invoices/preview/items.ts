import { decimalText, rational } from "../../../engine/money";
import type { Subscription } from "../../../tables";
import type { Tx } from "../../../transaction";
import { changeItem, createItem } from "../../invoice-items/change";
import type { ItemFields } from "../../invoice-items/params";
import type { PreviewItem, PreviewParams } from "./params";

/** Items that are only imagined, and changes to pending ones that are. */
export function putPreviewItems(
  tx: Tx,
  given: PreviewParams,
  customerId: string,
  subscription: Subscription | undefined,
): void {
  for (const entry of given.invoice_items ?? []) {
    const fields = fieldsOf(entry);
    if (entry.invoiceitem) {
      changeItem(tx, entry.invoiceitem, fields);
      continue;
    }
    const customer = tx.need("customers", customerId);
    const currency =
      entry.currency ??
      entry.price_data?.currency ??
      given.currency ??
      subscription?.currency ??
      customer.currency ??
      "usd";
    createItem(tx, fields, { customer, currency, subscription });
  }
}

function fieldsOf(entry: PreviewItem): ItemFields {
  const { price, unit_amount: unit, invoiceitem, currency, ...shared } = entry;
  return {
    ...shared,
    ...(price && { pricing: { price } }),
    ...(unit !== undefined && { unit_amount_decimal: decimalText(rational(unit)) }),
  };
}
