import type { SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { billSubscription } from "../subscriptions/bill";
import { insertSubscription } from "../subscriptions/insert";
import { checkTogether } from "../subscriptions/items";
import { announceTrialEnd, planTurn } from "../subscriptions/plan";
import type { Phase } from "./build-phases";
import { syncEnding } from "./end";

const noticeSeconds = 7 * 24 * 60 * 60;

/** The first phase begins: it makes the subscription, whose first invoice waits as a draft for an hour. */
export function startSchedule(tx: Tx, id: string): void {
  const schedule = tx.get("subscription_schedules", id);
  const phase = schedule?.phases[0];
  if (schedule?.status !== "not_started" || !phase) return;
  const customer = tx.need("customers", String(schedule.customer));
  const prices = phase.items.map((item) => tx.need("prices", String(item.price)));
  checkTogether(prices, schedule.billing_mode.type);
  const created = insertSubscription(tx, customer, prices, phase.currency, givenBy(schedule, phase));
  const status = created.status === "incomplete" ? "active" : created.status;
  const subscription = tx.patch("subscriptions", created.id, { status });
  tx.emit("customer.subscription.created", "subscriptions", subscription.id);
  billSubscription(tx, subscription, {
    reason: "subscription_create",
    items: subscription.items.data,
    waits: true,
  });
  announceTrialEnd(tx, subscription.id);
  adopt(tx, id, subscription.id);
}

function givenBy(schedule: SubscriptionSchedule, phase: Phase): Parameters<typeof insertSubscription>[4] {
  const { default_settings: defaults } = schedule;
  const sends = (phase.collection_method ?? defaults.collection_method) === "send_invoice";
  const method = phase.default_payment_method ?? defaults.default_payment_method;
  const description = phase.description ?? defaults.description;
  const days = phase.invoice_settings?.days_until_due ?? defaults.invoice_settings.days_until_due;
  return {
    billing_mode: { type: schedule.billing_mode.type === "classic" ? "classic" : "flexible" },
    collection_method: sends ? "send_invoice" : "charge_automatically",
    ...(sends && { days_until_due: days ?? 30 }),
    ...(method && { default_payment_method: method }),
    ...(description && { description }),
    discounts: phase.discounts.map(asGiven),
    items: phase.items.map((item) => ({
      discounts: item.discounts.map(asGiven),
      metadata: item.metadata,
      price: String(item.price),
      ...(item.quantity !== undefined && { quantity: item.quantity }),
      tax_rates: (item.tax_rates ?? []).map((rate) => rate.id),
    })),
    ...(phase.default_tax_rates && { default_tax_rates: phase.default_tax_rates.map((rate) => rate.id) }),
    metadata: phase.metadata,
    ...(phase.trial_end !== null && { trial_end: phase.trial_end }),
  };
}

export function asGiven(shown: Phase["discounts"][number]) {
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null)) as Record<
    string,
    string
  >;
}

/** From here on the schedule leads the subscription. */
export function adopt(tx: Tx, id: string, subscription: string): void {
  const { phases } = tx.need("subscription_schedules", id);
  const [first] = phases;
  if (!first) return;
  tx.patch("subscription_schedules", id, {
    status: "active",
    subscription,
    current_phase: { start_date: first.start_date, end_date: first.end_date },
  });
  tx.patch("subscriptions", subscription, { schedule: id });
  tx.emit("customer.subscription.updated", "subscriptions", subscription);
  planExpiring(tx, id);
  syncEnding(tx, id);
  planTurn(tx, subscription);
}

/** Seven days before the last phase ends. */
export function planExpiring(tx: Tx, id: string): void {
  tx.unschedule(id, "subscription_schedule.expiring");
  const end = tx.need("subscription_schedules", id).phases.at(-1)?.end_date ?? 0;
  const notice = end - noticeSeconds - tx.now;
  if (notice > 0) tx.schedule(notice * 1000, "subscription_schedule.expiring", id);
}
