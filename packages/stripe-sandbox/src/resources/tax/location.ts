import { type Place, sandboxTax, type TaxAnswer } from "../../engine/sandbox-tax";
import { type ApiError, invalid } from "../../http/errors";
import type { Customer, Invoice } from "../../tables";
import type { Read, Tx } from "../../transaction";

interface Found extends Place {
  source: "shipping_destination" | "billing_address";
}

/** The shipping address where there is one, else the billing address. */
export function placeOf(customer: Pick<Customer, "address" | "shipping">): Found | null {
  const { address, shipping } = customer;
  const parcel = shipping?.address;
  if (parcel?.country) return { ...pick(parcel), source: "shipping_destination" };
  return address?.country ? { ...pick(address), source: "billing_address" } : null;
}

function pick(given: NonNullable<Customer["address"]>): Place {
  return { country: given.country, state: given.state, postal_code: given.postal_code };
}

export function taxFor(customer: Pick<Customer, "address" | "shipping"> | undefined): TaxAnswer {
  const place = customer && placeOf(customer);
  return place ? sandboxTax(place) : { status: "requires_location_inputs" };
}

/** Of an invoice: where its customer is now, or was when there was one. */
export function taxOfInvoice(read: Read, invoice: Invoice): TaxAnswer {
  const customer = read.get("customers", invoice.customer ?? "");
  return taxFor(customer ?? { address: invoice.customer_address, shipping: null });
}

/** Why tax cannot be calculated, as Stripe says it; undefined when it can. */
export function taxProblem(answer: TaxAnswer): ApiError | undefined {
  if (answer.status === "requires_location_inputs") {
    return invalid(
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
      "customer_tax_location_invalid",
    );
  }
  if (answer.status !== "failed") return undefined;
  return invalid("An error occurred while calculating tax. Please try again.", "taxes_calculation_failed");
}

interface Taxed {
  automatic_tax?: { enabled: boolean };
  default_tax_rates?: string[];
}

/** Tax is calculated either automatically, for a place that is known, or by rates that are named. */
export function checkAutomaticTax(customer: Pick<Customer, "address" | "shipping">, given: Taxed): void {
  if (!given.automatic_tax?.enabled) return;
  if (given.default_tax_rates && given.default_tax_rates.length > 0) {
    const message = "You cannot set `default_tax_rates` when `automatic_tax` is enabled.";
    throw invalid(message, "parameters_exclusive", "default_tax_rates");
  }
  requireLocation(customer);
}

function requireLocation(customer: Pick<Customer, "address" | "shipping">): void {
  const problem = taxProblem(taxFor(customer));
  if (problem) throw problem;
}

const sayings = {
  complete: "supported",
  requires_location_inputs: "unrecognized_location",
  failed: "failed",
} as const;

interface TaxGiven {
  ip_address?: string | null;
  validate_location?: "auto" | "deferred" | "immediately";
}

/** The place is checked at once when asked to; `auto` only matters to who has a subscription that is taxed. */
export function checkTaxLocation(tx: Tx, customer: Customer, given: TaxGiven | undefined): void {
  if (given?.ip_address !== undefined) tx.put("customer_ips", { id: customer.id, ip: given.ip_address });
  const taxed = tx
    .by("subscriptions", "customer", customer.id)
    .some((row) => row.automatic_tax.enabled && !["canceled", "incomplete_expired"].includes(row.status));
  const asked = given?.validate_location;
  if (asked === "immediately" || (asked === "auto" && taxed)) requireLocation(customer);
}

/** `customer.tax`, where it is asked for. */
export function shownTax(read: Read, customer: Customer): NonNullable<Customer["tax"]> {
  const place = placeOf(customer);
  const answer = taxFor(customer);
  const located = place && answer.status === "complete";
  const collects = answer.status !== "complete" || answer.type !== null;
  return {
    automatic_tax: collects ? sayings[answer.status] : "not_collecting",
    ip_address: read.get("customer_ips", customer.id)?.ip ?? null,
    location: located ? { country: answer.country, source: place.source, state: answer.state } : null,
    provider: "stripe",
  };
}
