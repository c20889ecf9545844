import type Stripe from "stripe";
import type { KindOfOperation, Operation } from "../operations/kinds";
import { keyOf, paramsOf, stepKeyOf } from "../operations/params";
import { isStale } from "../quotes/preview";
import type { QuoteContent } from "../quotes/token";
import { idOf } from "../stripe/fields";
import { quoteStale } from "./change-at-stripe";

/** Stripe takes two calls for it; after a crash between them the first is answered again from its key. */
export const scheduleCreate: KindOfOperation = {
  call: scheduleChange,
  probe: finishChange,
  movesMoney: false,
  provenBy: "answer",
};

export const scheduleRelease: KindOfOperation = {
  call: (stripe, operation) => letGo(stripe, operation),
  probe: (stripe, operation) => letGo(stripe, operation),
  movesMoney: false,
  provenBy: "answer",
};

async function scheduleChange(stripe: Stripe, operation: Operation): Promise<Stripe.Subscription> {
  const quote = paramsOf<QuoteContent>(operation);
  const { subscriptionId } = quote;
  const found = await stripe.subscriptions.retrieve(subscriptionId);
  if (!found.schedule && (await isStale(stripe, found, quote))) throw quoteStale();
  const schedule = await stripe.subscriptionSchedules.create(
    { from_subscription: subscriptionId },
    stepKeyOf(operation, "create"),
  );
  if (found.schedule && idOf(found.schedule) !== schedule.id) throw quoteStale();
  await writePhases(stripe, operation, schedule);
  return stripe.subscriptions.retrieve(subscriptionId);
}

/** When the keys are forgotten: what is attached says how far it came. */
async function finishChange(stripe: Stripe, operation: Operation): Promise<Stripe.Subscription | undefined> {
  const { subscriptionId } = paramsOf<QuoteContent>(operation);
  const { schedule: attached } = await stripe.subscriptions.retrieve(subscriptionId);
  if (!attached) return undefined;
  const schedule = await stripe.subscriptionSchedules.retrieve(idOf(attached) ?? "");
  if (schedule.metadata?.operation_id !== operation.id) {
    if (schedule.phases.length > 1) return undefined;
    await writePhases(stripe, operation, schedule);
  }
  return stripe.subscriptions.retrieve(subscriptionId);
}

async function writePhases(stripe: Stripe, operation: Operation, schedule: Stripe.SubscriptionSchedule) {
  const quote = paramsOf<QuoteContent>(operation);
  const [current] = schedule.phases;
  if (!current) throw new Error(`schedule ${schedule.id} has no phase`);
  await stripe.subscriptionSchedules.update(
    schedule.id,
    {
      end_behavior: "release",
      metadata: { operation_id: operation.id, customer_id: operation.customerId },
      phases: [currentPhase(current), nextPhase(current, quote)],
    },
    stepKeyOf(operation, "phases"),
  );
}

const currentPhase = (
  phase: Stripe.SubscriptionSchedule.Phase,
): Stripe.SubscriptionScheduleUpdateParams.Phase => ({
  items: phase.items.map((item) => ({
    price: idOf(item.price) ?? "",
    ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
  })),
  start_date: phase.start_date,
  end_date: phase.end_date,
  ...kept(phase),
});

/** Discounts and tax rates of a phase end with it, unless the next one names them again. */
const nextPhase = (
  current: Stripe.SubscriptionSchedule.Phase,
  quote: QuoteContent,
): Stripe.SubscriptionScheduleUpdateParams.Phase => ({
  items: quote.after,
  duration: { interval: quote.interval, interval_count: 1 },
  proration_behavior: "none",
  ...(quote.switchesInterval ? { billing_cycle_anchor: "phase_start" } : {}),
  ...kept(current),
});

function kept({ discounts, default_tax_rates: taxRates }: Stripe.SubscriptionSchedule.Phase) {
  const carried = discounts.flatMap(({ discount }) => {
    const id = idOf(discount);
    return id ? [{ discount: id }] : [];
  });
  return {
    ...(carried.length > 0 ? { discounts: carried } : {}),
    ...(taxRates && taxRates.length > 0 ? { default_tax_rates: taxRates.map(({ id }) => id) } : {}),
  };
}

/** The subscription goes on as it is now. */
async function letGo(stripe: Stripe, operation: Operation): Promise<Stripe.Subscription> {
  const { scheduleId } = paramsOf<{ scheduleId: string }>(operation);
  await release(stripe, scheduleId, keyOf(operation));
  return stripe.subscriptions.retrieve(operation.targetId ?? "");
}

/** One that has let go already is as it should be. */
export async function release(
  stripe: Stripe,
  scheduleId: string,
  options?: Stripe.RequestOptions,
): Promise<void> {
  try {
    await stripe.subscriptionSchedules.release(scheduleId, {}, options);
  } catch (error) {
    const { status } = await stripe.subscriptionSchedules.retrieve(scheduleId);
    if (status === "active" || status === "not_started") throw error;
  }
}
