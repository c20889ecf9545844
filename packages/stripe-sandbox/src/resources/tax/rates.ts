import { fromDecimal } from "../../engine/money";
import { isNontaxable, type TaxAnswer, unspecifiedBehavior } from "../../engine/sandbox-tax";
import type { RateTerms } from "../../engine/taxes";
import { newId } from "../../ids";
import type { Invoice, InvoiceLine, TaxRate } from "../../tables";
import type { Read, Tx } from "../../transaction";

type Located = Extract<TaxAnswer, { status: "complete" }>;

export interface LineTax {
  terms: RateTerms;
  reason: string;
}

/** What automatic tax makes of one line. */
export function automaticTaxOf(tx: Tx, invoice: Invoice, line: InvoiceLine, place: Located): LineTax {
  const exempt = isNontaxable(taxCodeOf(tx, line));
  const at = exempt ? { ...place, percentage: "0" } : place;
  const rate = automaticRate(tx, at, behaviorOf(tx, invoice, line) === "inclusive");
  const excused = ["exempt", "reverse"].includes(invoice.customer_tax_exempt ?? "none");
  return {
    terms: {
      id: rate.id,
      percentage: fromDecimal(excused ? "0" : String(rate.percentage)),
      inclusive: rate.inclusive,
    },
    reason: reasonOf(invoice, place, exempt),
  };
}

function reasonOf(invoice: Invoice, place: Located, exempt: boolean): string {
  if (exempt) return "product_exempt";
  if (invoice.customer_tax_exempt === "exempt") return "customer_exempt";
  if (invoice.customer_tax_exempt === "reverse") return "reverse_charge";
  return place.type ? "standard_rated" : "not_collecting";
}

function taxCodeOf(read: Read, line: InvoiceLine): string | null {
  const named = read.get("line_rates", line.id)?.code;
  if (named) return named;
  return read.get("products", line.pricing?.price_details?.product ?? "")?.tax_code ?? null;
}

function behaviorOf(read: Read, invoice: Invoice, line: InvoiceLine): string {
  const price = read.get("prices", line.pricing?.price_details?.price ?? "");
  const options = price?.currency_options?.[invoice.currency];
  const said = read.get("line_rates", line.id)?.behavior ?? options?.tax_behavior ?? price?.tax_behavior;
  return said && said !== "unspecified" ? said : unspecifiedBehavior(invoice.currency);
}

/** One tax rate for each place and behaviour, made when it is first needed; it cannot be given by hand. */
function automaticRate(tx: Tx, place: Located, inclusive: boolean): TaxRate {
  const key = [place.country, place.state, place.percentage, inclusive ? "inclusive" : "exclusive"].join("-");
  const known = tx.get("tax_rates", tx.get("automatic_rates", key)?.rate ?? "");
  if (known) return known;
  const names: Record<string, string> = { vat: "VAT", gst: "GST", hst: "HST", sales_tax: "Sales tax" };
  const rate = tx.put("tax_rates", {
    id: newId("txr"),
    object: "tax_rate",
    active: false,
    country: place.country,
    created: tx.now,
    description: null,
    display_name: names[place.type ?? ""] ?? "Tax",
    effective_percentage: Number(place.percentage),
    flat_amount: null,
    inclusive,
    jurisdiction: place.state ?? place.country,
    jurisdiction_level: place.state ? "state" : "country",
    livemode: false,
    metadata: {},
    percentage: Number(place.percentage),
    rate_type: "percentage",
    state: place.state,
    tax_type: place.type,
  });
  tx.put("automatic_rates", { id: key, rate: rate.id });
  return rate;
}
