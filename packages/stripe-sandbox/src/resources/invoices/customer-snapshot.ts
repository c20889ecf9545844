import type { Customer, Invoice } from "../../tables";
import type { Read } from "../../transaction";
import { shownTaxIds } from "../tax-ids/create";

type Shown = Pick<
  Invoice,
  | "customer_address"
  | "customer_email"
  | "customer_name"
  | "customer_phone"
  | "customer_shipping"
  | "customer_tax_exempt"
  | "customer_tax_ids"
>;

/** What an invoice says about its customer; it follows the customer until it is finalized. */
export function customerSnapshot(read: Read, customer: Customer): Shown {
  const { shipping } = customer;
  const parcel =
    shipping?.address && shipping.name
      ? { address: shipping.address, name: shipping.name, phone: shipping.phone ?? null }
      : null;
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: parcel,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: shownTaxIds(read, customer.id),
  };
}
