import type Stripe from "stripe";
import type { Billing } from "../context";
import { insertTaxRate, unknownTaxRates } from "../db/sql/tax-rates";
import { isMissing } from "../stripe/errors";
import { storable } from "../stripe/fields";

/** Whether it is inclusive, and its percentage, never change: a rate is read once, when an invoice first has it. */
export async function ensureTaxRates(billing: Billing, invoice: Stripe.Invoice): Promise<void> {
  const named = (invoice.total_taxes ?? []).flatMap(({ tax_rate_details: of }) => of?.tax_rate ?? []);
  if (named.length === 0 || billing.onlyLooking) return;
  for (const id of await unknownTaxRates(billing.pool, [...new Set(named)])) {
    const rate = await retrieve(billing.stripe, id);
    if (!rate) continue;
    await insertTaxRate(billing.pool, {
      id,
      name: storable(rate.display_name),
      percentage: rate.percentage,
      inclusive: rate.inclusive,
      country: rate.country,
    });
  }
}

/** The tax itself is on the invoice; without its rate only the name is missing. */
async function retrieve(stripe: Stripe, id: string): Promise<Stripe.TaxRate | null> {
  try {
    return await stripe.taxRates.retrieve(id);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
