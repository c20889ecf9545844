import type { SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { grantToSubscription } from "../discounts/grant";
import { billSubscription } from "../subscriptions/bill";
import { insertSubscription } from "../subscriptions/insert";
import { checkTogether } from "../subscriptions/items";
import type { CreateGiven } from "../subscriptions/params";
import { announceTrialEnd, planTurn } from "../subscriptions/plan";
import { waitingItems } from "../subscriptions/renew";
import { putAddedItems } from "./added-items";
import type { Phase } from "./build-phases";
import { cancelSchedule, syncEnding } from "./end";
import { asThresholds, settingsOf } from "./phase-settings";
import { stillValid } from "./still-valid";

const noticeSeconds = 7 * 24 * 60 * 60;

/** The phase of now makes the subscription, whose first invoice waits as a draft for an hour. */
export function startSchedule(tx: Tx, id: string): void {
  const schedule = tx.get("subscription_schedules", id);
  const planned = schedule?.phases.find((one) => one.end_date > tx.now);
  const begins = schedule?.phases[0]?.start_date ?? tx.now;
  if (schedule?.status !== "not_started" || !planned) return;
  const customer = tx.get("customers", String(schedule.customer));
  if (!customer) {
    cancelSchedule(tx, id);
    return;
  }
  const phase = stillValid(tx, schedule, planned, tx.now);
  const prices = phase.items.map((item) => tx.need("prices", String(item.price)));
  checkTogether(prices, schedule.billing_mode.type);
  const created = insertSubscription(tx, customer, prices, phase.currency, {
    ...givenBy(schedule, phase),
    ...(begins < tx.now && { backdate_start_date: begins, anchored: begins }),
  });
  const status = created.status === "incomplete" ? "active" : created.status;
  tx.patch("subscriptions", created.id, { status });
  tx.emit("customer.subscription.created", "subscriptions", created.id);
  const subscription = grantToSubscription(tx, created.id, givenBy(schedule, phase), true);
  putAddedItems(tx, subscription, phase);
  billSubscription(tx, subscription, {
    reason: "subscription_create",
    items: subscription.items.data,
    elapsed: begins < tx.now && phase.proration_behavior !== "none",
    pending: waitingItems(tx, subscription),
    waits: true,
  });
  announceTrialEnd(tx, subscription.id);
  adopt(tx, id, subscription.id, phase);
}

function givenBy(schedule: SubscriptionSchedule, phase: Phase): CreateGiven {
  const { default_settings: defaults } = schedule;
  const sends = (phase.collection_method ?? defaults.collection_method) === "send_invoice";
  const method = phase.default_payment_method ?? defaults.default_payment_method;
  const description = phase.description ?? defaults.description;
  const settings = settingsOf(schedule, phase);
  const { days_until_due: days, ...texts } = settings.invoice_settings;
  return {
    automatic_tax: { enabled: settings.automatic_tax.enabled },
    billing_mode: modeGiven(schedule.billing_mode),
    billing_thresholds: asThresholds(settings.billing_thresholds),
    invoice_settings: texts,
    collection_method: sends ? "send_invoice" : "charge_automatically",
    ...(sends && { days_until_due: days ?? 30 }),
    ...(method && { default_payment_method: method }),
    ...(description && { description }),
    discounts: phase.discounts.map(asGiven),
    items: phase.items.map((item) => ({
      ...(item.billing_thresholds?.usage_gte && {
        billing_thresholds: { usage_gte: item.billing_thresholds.usage_gte },
      }),
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

function modeGiven({ type, flexible }: SubscriptionSchedule["billing_mode"]): CreateGiven["billing_mode"] {
  if (type === "classic") return { type: "classic" };
  const itemized = flexible?.proration_discounts === "itemized";
  return { type: "flexible", flexible: { proration_discounts: itemized ? "itemized" : "included" } };
}

export function asGiven(shown: Phase["discounts"][number]) {
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null)) as Record<
    string,
    string
  >;
}

/** From here on the schedule leads the subscription. */
export function adopt(tx: Tx, id: string, subscription: string, first: Phase): void {
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
