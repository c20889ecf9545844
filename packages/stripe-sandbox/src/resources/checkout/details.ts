import type { Buyer, CheckoutOrder, CheckoutSession, Customer } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { newCustomer } from "../customers";
import { createTaxId } from "../tax-ids/create";

type Details = NonNullable<CheckoutSession["customer_details"]>;

/** What is known before the page was opened. */
export function detailsBefore(
  read: Read,
  customer: string | undefined,
  email: string | undefined,
): Details | null {
  const known = customer ? read.get("customers", customer) : undefined;
  if (!known && !email) return null;
  return {
    address: null,
    business_name: null,
    email: known?.email ?? email ?? null,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: known?.tax_exempt ?? "none",
    tax_ids: null,
  };
}

/** What was collected; a setup session keeps no address. */
export function detailsAfter(read: Read, session: CheckoutSession, buyer: Buyer): Details {
  const customer = read.get("customers", session.customer ?? "");
  const ids = customer
    ? read.by("tax_ids", "customer", customer.id).map(({ type, value }) => ({ type, value }))
    : [];
  const guests = buyer.tax_id ? [buyer.tax_id] : [];
  return {
    address: session.mode === "setup" ? null : (buyer.address ?? customer?.address ?? null),
    business_name: buyer.business_name,
    email: customer?.email ?? buyer.email,
    individual_name: buyer.individual_name,
    name: buyer.name ?? customer?.name ?? null,
    phone: buyer.phone ?? customer?.phone ?? null,
    tax_exempt: customer?.tax_exempt ?? "none",
    tax_ids: customer ? ids : guests,
  };
}

/** A guest of a payment without an invoice stays one; everybody else is a customer from here on. */
export function buyerAsCustomer(
  tx: Tx,
  session: CheckoutSession,
  order: CheckoutOrder,
  buyer: Buyer,
): string | null {
  const known = session.customer ?? order.customer;
  if (known) {
    const customer = tx.need("customers", known, "customer");
    updateCustomer(tx, customer, order, buyer);
    return known;
  }
  if (session.customer_creation !== "always" && !session.invoice_creation?.enabled) return null;
  const { id } = tx.put("customers", {
    ...newCustomer(tx),
    address: buyer.address,
    email: buyer.email,
    name: buyer.business_name ?? buyer.name ?? buyer.individual_name,
    phone: buyer.phone,
    ...(buyer.business_name && { business_name: buyer.business_name }),
    ...(buyer.individual_name && { individual_name: buyer.individual_name }),
  });
  tx.emit("customer.created", "customers", id);
  addTaxId(tx, id, buyer);
  tx.patch("checkout_orders", order.id, { customer: id });
  return id;
}

/** Only what `customer_update` names, and an email where there was none. */
function updateCustomer(tx: Tx, customer: Customer, { given }: CheckoutOrder, buyer: Buyer): void {
  const { address, name } = given.customer_update ?? {};
  const named = buyer.business_name ?? buyer.name ?? buyer.individual_name;
  tx.patch("customers", customer.id, {
    ...(!customer.email && buyer.email && { email: buyer.email }),
    ...(address === "auto" && buyer.address && { address: buyer.address }),
    ...(name === "auto" && named && { name: named }),
    ...(name === "auto" && buyer.business_name && { business_name: buyer.business_name }),
    ...(name === "auto" && buyer.individual_name && { individual_name: buyer.individual_name }),
    ...(!customer.phone && buyer.phone && { phone: buyer.phone }),
  });
  addTaxId(tx, customer.id, buyer);
  tx.emit("customer.updated", "customers", customer.id);
}

function addTaxId(tx: Tx, customer: string, { tax_id: given }: Buyer): void {
  const known = tx.by("tax_ids", "customer", customer);
  if (!given || known.some(({ type, value }) => type === given.type && value === given.value)) return;
  createTaxId(tx, customer, given, "tax_id");
}
