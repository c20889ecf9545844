import { boundary } from "../../engine/periods";
import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Customer, SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import type { DiscountGiven } from "../discounts/params";
import { checkTogether, chosenPrice, currencyFor } from "../subscriptions/items";
import { taxSettingOf, thresholdsOf } from "../subscriptions/settings";
import { givenRates } from "../tax-rates";
import { addedItems } from "./added-items";
import { phaseSettings } from "./defaults";
import type { PhaseGiven } from "./phase-params";

export type Phase = SubscriptionSchedule["phases"][number];

/** Each phase begins where the one before it ends. */
export function buildPhases(
  tx: Tx,
  customer: Customer,
  given: PhaseGiven[],
  start: number,
  mode: string,
): Phase[] {
  if (given.length === 0)
    throw invalid("A schedule needs at least one phase.", "parameter_missing", "phases");
  let from = start;
  return given.map((entry, at) => {
    const phase = buildPhase(tx, customer, entry, from, `phases[${at}]`);
    checkTogether(
      phase.items.map((item) => tx.need("prices", String(item.price))),
      mode,
    );
    from = phase.end_date;
    return phase;
  });
}

function buildPhase(tx: Tx, customer: Customer, given: PhaseGiven, from: number, param: string): Phase {
  const start = momentOf(tx, given.start_date) ?? from;
  if (start !== from)
    throw invalid("A phase must start when the one before it ends.", undefined, `${param}[start_date]`);
  const end = endOf(tx, given, start, param);
  const prices = given.items.map((item, at) => chosenPrice(tx, item, `${param}[items][${at}]`));
  const trialEnd = given.trial ? end : (momentOf(tx, given.trial_end) ?? null);
  if (given.trial && given.trial_end !== undefined)
    throw invalid("Pass either trial or trial_end.", "parameters_exclusive", `${param}[trial_end]`);
  if (trialEnd !== null && (trialEnd <= start || trialEnd > end))
    throw invalid("trial_end must be within the phase.", undefined, `${param}[trial_end]`);
  checkNames(tx, customer, given, param);
  return {
    add_invoice_items: addedItems(tx, given.add_invoice_items ?? [], `${param}[add_invoice_items]`),
    application_fee_percent: null,
    ...(given.automatic_tax && { automatic_tax: taxSettingOf(given.automatic_tax.enabled) }),
    billing_cycle_anchor: given.billing_cycle_anchor ?? null,
    billing_thresholds: thresholdsOf(given.billing_thresholds ?? null),
    collection_method: given.collection_method ?? null,
    currency: currencyFor(customer, prices, given.currency),
    default_payment_method: given.default_payment_method ?? null,
    ...(given.default_tax_rates && {
      default_tax_rates: givenRates(tx, given.default_tax_rates, `${param}[default_tax_rates]`),
    }),
    description: given.description ?? null,
    discounts: (given.discounts ?? []).map(shownDiscount),
    end_date: end,
    invoice_settings: phaseSettings(given.invoice_settings),
    items: given.items.map((item, at) => ({
      billing_thresholds: item.billing_thresholds ?? null,
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

/** What is named must exist when it is planned; whether it still does is seen when the phase begins. */
function checkNames(tx: Tx, customer: Customer, given: PhaseGiven, param: string): void {
  const lists = [
    [given.discounts ?? [], `${param}[discounts]`] as const,
    ...given.items.map((item, at) => [item.discounts ?? [], `${param}[items][${at}][discounts]`] as const),
  ];
  for (const [discounts, name] of lists) {
    for (const [at, one] of discounts.entries()) {
      if (one.coupon) tx.need("coupons", one.coupon, `${name}[${at}][coupon]`);
      if (one.promotion_code)
        tx.need("promotion_codes", one.promotion_code, `${name}[${at}][promotion_code]`);
      if (one.discount) tx.need("discounts", one.discount, `${name}[${at}][discount]`);
    }
  }
  const method = given.default_payment_method;
  if (
    method &&
    tx.need("payment_methods", method, `${param}[default_payment_method]`).customer !== customer.id
  ) {
    const message = `The customer does not have a payment method with the ID ${method}.`;
    throw invalid(message, "resource_missing", `${param}[default_payment_method]`);
  }
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
