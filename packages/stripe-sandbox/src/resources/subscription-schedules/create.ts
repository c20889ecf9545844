import { invalid } from "../../http/errors";
import type { Customer, Subscription, SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { buildPhases, momentOf, type Phase, shownDiscount } from "./build-phases";
import { insertSchedule } from "./insert";
import type { ScheduleGiven } from "./params";
import { planPauses } from "./pause-schedules";
import { adopt, startSchedule } from "./start";

export function createSchedule(tx: Tx, given: ScheduleGiven): SubscriptionSchedule {
  return given.from_subscription
    ? fromSubscription(tx, given.from_subscription, given)
    : fromScratch(tx, given);
}

const withSubscription = ["from_subscription", "metadata"];

function fromSubscription(tx: Tx, id: string, given: ScheduleGiven): SubscriptionSchedule {
  const refused = Object.keys(given).find((key) => !withSubscription.includes(key));
  if (refused) {
    const message = `${refused} cannot be set together with from_subscription. Update the schedule afterwards.`;
    throw invalid(message, "parameters_exclusive", refused);
  }
  const subscription = tx.need("subscriptions", id, "from_subscription");
  if (subscription.schedule)
    throw invalid("This subscription already has a schedule.", undefined, "from_subscription");
  if (!["active", "trialing", "past_due", "unpaid"].includes(subscription.status)) {
    const message = `A subscription with status ${subscription.status} cannot have a schedule.`;
    throw invalid(message, undefined, "from_subscription");
  }
  const customer = tx.need("customers", subscription.customer);
  const phase = phaseOf(subscription);
  const schedule = insertSchedule(tx, customer, given, { phases: [phase], subscription });
  adopt(tx, schedule.id, subscription.id, phase);
  return tx.need("subscription_schedules", schedule.id);
}

/** The subscription as it is, for the period that runs. */
export function phaseOf(subscription: Subscription): Phase {
  const items = subscription.items.data;
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    automatic_tax: subscription.automatic_tax,
    billing_cycle_anchor: null,
    billing_thresholds: subscription.billing_thresholds,
    collection_method: subscription.collection_method,
    currency: subscription.currency,
    default_payment_method: subscription.default_payment_method,
    default_tax_rates: subscription.default_tax_rates ?? [],
    description: subscription.description,
    discounts: subscription.discounts.map((discount) => shownDiscount({ discount })),
    end_date: Math.min(...items.map((item) => item.current_period_end)),
    invoice_settings: { ...subscription.invoice_settings, days_until_due: subscription.days_until_due },
    items: items.map((item) => ({
      billing_thresholds: item.billing_thresholds,
      discounts: item.discounts.map((discount) => shownDiscount({ discount })),
      metadata: item.metadata,
      plan: item.price.id,
      price: item.price.id,
      ...(item.quantity !== undefined && { quantity: item.quantity }),
      tax_rates: item.tax_rates ?? [],
    })),
    metadata: subscription.metadata,
    on_behalf_of: null,
    proration_behavior: "create_prorations",
    start_date: Math.max(...items.map((item) => item.current_period_start)),
    transfer_data: null,
    trial_end: subscription.status === "trialing" ? subscription.trial_end : null,
  };
}

function fromScratch(tx: Tx, given: ScheduleGiven): SubscriptionSchedule {
  if (!given.customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const customer: Customer = tx.need("customers", given.customer, "customer");
  if (!given.phases) throw invalid("Missing required param: phases.", "parameter_missing", "phases");
  const start = momentOf(tx, given.start_date);
  if (start === undefined)
    throw invalid("Missing required param: start_date.", "parameter_missing", "start_date");
  const phases = buildPhases(tx, customer, given.phases, start, given.billing_mode?.type ?? "flexible");
  if ((phases.at(-1)?.end_date ?? 0) <= tx.now)
    throw invalid("The last phase of a schedule must end in the future.", undefined, "phases");
  const { id } = insertSchedule(tx, customer, given, { phases, subscription: null });
  if (start <= tx.now) startSchedule(tx, id);
  else tx.schedule((start - tx.now) * 1000, "subscription_schedule.start", id);
  if (given.pause_schedules) planPauses(tx, id, given.pause_schedules);
  return tx.need("subscription_schedules", id);
}
