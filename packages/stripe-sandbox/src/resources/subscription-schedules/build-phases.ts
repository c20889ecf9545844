import { boundary } from "../../engine/periods";
import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Customer, SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import type { DiscountGiven } from "../discounts/params";
import { currencyFor, usablePrice } from "../subscriptions/items";
import { givenRates } from "../tax-rates";
import type { PhaseGiven } from "./params";

export type Phase = SubscriptionSchedule["phases"][number];

/** Each phase begins where the one before it ends. */
export function buildPhases(tx: Tx, customer: Customer, given: PhaseGiven[], start: number): Phase[] {
  if (given.length === 0)
    throw invalid("A schedule needs at least one phase.", "parameter_missing", "phases");
  let from = start;
  return given.map((entry, at) => {
    const phase = buildPhase(tx, customer, entry, from, `phases[${at}]`);
    from = phase.end_date;
    return phase;
  });
}

function buildPhase(tx: Tx, customer: Customer, given: PhaseGiven, from: number, param: string): Phase {
  const start = momentOf(tx, given.start_date) ?? from;
  if (start !== from)
    throw invalid("A phase must start when the one before it ends.", undefined, `${param}[start_date]`);
  const end = endOf(tx, given, start, param);
  const prices = given.items.map((item, at) => usablePrice(tx, item.price, `${param}[items][${at}][price]`));
  const trialEnd = given.trial ? end : (given.trial_end ?? null);
  if (trialEnd !== null && (trialEnd <= start || trialEnd > end))
    throw invalid("trial_end must be within the phase.", undefined, `${param}[trial_end]`);
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: given.billing_cycle_anchor ?? null,
    billing_thresholds: null,
    collection_method: given.collection_method ?? null,
    currency: currencyFor(customer, prices, given.currency),
    default_payment_method: given.default_payment_method ?? null,
    ...(given.default_tax_rates && {
      default_tax_rates: givenRates(tx, given.default_tax_rates, `${param}[default_tax_rates]`),
    }),
    description: given.description ?? null,
    discounts: (given.discounts ?? []).map(shownDiscount),
    end_date: end,
    invoice_settings: given.invoice_settings ? settingsOf(given.invoice_settings.days_until_due) : null,
    items: given.items.map((item, at) => ({
      billing_thresholds: null,
      discounts: (item.discounts ?? []).map(shownDiscount),
      metadata: mergeMetadata(null, item.metadata),
      plan: prices[at]?.id ?? "",
      price: prices[at]?.id ?? "",
      ...(!prices[at]?.recurring?.meter && { quantity: item.quantity ?? 1 }),
      tax_rates: givenRates(tx, item.tax_rates ?? [], `${param}[items][${at}][tax_rates]`),
    })),
    metadata: mergeMetadata(null, given.metadata),
    on_behalf_of: null,
    proration_behavior: given.proration_behavior ?? "create_prorations",
    start_date: start,
    transfer_data: null,
    ...(given.trial && { trial: true }),
    trial_end: trialEnd,
  };
}

export function momentOf(tx: Tx, given: number | "now" | undefined): number | undefined {
  return given === "now" ? tx.now : given;
}

function endOf(tx: Tx, given: PhaseGiven, start: number, param: string): number {
  if (given.duration && given.end_date !== undefined)
    throw invalid("Pass either duration or end_date.", "parameters_exclusive", `${param}[end_date]`);
  const { duration } = given;
  const end = duration
    ? boundary(start, { unit: duration.interval, count: duration.interval_count ?? 1 }, 1)
    : momentOf(tx, given.end_date);
  if (end === undefined)
    throw invalid("Each phase needs a duration or an end_date.", "parameter_missing", `${param}[duration]`);
  if (end <= start) throw invalid("A phase must end after it starts.", undefined, `${param}[end_date]`);
  return end;
}

export function shownDiscount(given: DiscountGiven) {
  return {
    coupon: given.coupon ?? null,
    discount: given.discount ?? null,
    promotion_code: given.promotion_code ?? null,
  };
}

export function settingsOf(daysUntilDue: number | undefined): NonNullable<Phase["invoice_settings"]> {
  return {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: daysUntilDue ?? null,
    description: null,
    footer: null,
    issuer: { type: "self" },
  };
}
