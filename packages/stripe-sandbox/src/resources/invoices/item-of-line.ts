import type { InvoiceLine } from "../../tables";

/** The invoice item behind a line. */
export function itemOfLine(line: InvoiceLine): string | null {
  const { invoice_item_details: bare, subscription_item_details: bySubscription } = line.parent ?? {};
  return bare?.invoice_item ?? bySubscription?.invoice_item ?? null;
}
