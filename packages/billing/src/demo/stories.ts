import { randomUUID } from "node:crypto";
import type { PlanId } from "../catalog";
import type { Ctx, StaffActor } from "../context";
import type { Interval } from "../plans/define-catalog";
import { refundInvoice } from "../refunds/refund-invoice";
import { createSubscription } from "../subscriptions/create-subscription";
import { payAs } from "../testing/pay-as";
import { until } from "../testing/until";
import type { CustomerCtx } from "../trpc/procedures";
import type { DemoCustomer } from "./people";

/** How long a webhook may take to be applied. */
export const patienceMs = 30_000;

export interface StoryTeller {
  ctx: CustomerCtx;
  support: Ctx & { actor: StaffActor };
  person: DemoCustomer;
  sandboxUrl: string;
}

interface Story {
  what: string;
  count: number;
  tell(teller: StoryTeller): Promise<void>;
}

/** Every state a customer can be in so far; the counts add up to the forty of `people.ts`. */
export const stories: readonly Story[] = [
  { what: "signed up, no plan", count: 3, tell: async () => {} },
  { what: "free plan", count: 5, tell: async (teller) => void (await subscribe(teller, "free")) },
  { what: "in trial with a card", count: 5, tell: (teller) => subscribeAndPay(teller, "starter") },
  {
    what: "in trial, no card yet",
    count: 2,
    tell: async (teller) => void (await subscribe(teller, "starter")),
  },
  {
    what: "in trial by the seat, no card asked for",
    count: 1,
    tell: async (teller) => void (await subscribe(teller, "team", { seats: 4 })),
  },
  { what: "pays monthly", count: 4, tell: (teller) => subscribeAndPay(teller, "growth") },
  {
    what: "pays for seats and usage",
    count: 2,
    tell: (teller) => subscribeAndPay(teller, "scale", { seats: 8 }),
  },
  {
    what: "pays yearly",
    count: 3,
    tell: (teller) => subscribeAndPay(teller, "growth", { interval: "year" }),
  },
  {
    what: "paid with 3-D Secure",
    count: 2,
    tell: (teller) =>
      subscribeAndPay(teller, "growth", { card: "pm_card_threeDSecure2Required", challenge: "complete" }),
  },
  { what: "left the checkout", count: 2, tell: async (teller) => void (await subscribe(teller, "growth")) },
  {
    what: "card declined",
    count: 2,
    tell: (teller) => subscribeAndPay(teller, "growth", { card: "pm_card_chargeDeclinedInsufficientFunds" }),
  },
  {
    what: "failed 3-D Secure",
    count: 1,
    tell: (teller) =>
      subscribeAndPay(teller, "growth", { card: "pm_card_threeDSecure2Required", challenge: "fail" }),
  },
  { what: "refunded in part", count: 3, tell: (teller) => payThenRefund(teller, { share: 0.5 }) },
  { what: "refunded in full", count: 1, tell: (teller) => payThenRefund(teller, { share: 1 }) },
  {
    what: "refund pending at the bank",
    count: 1,
    tell: (teller) => payThenRefund(teller, { share: 0.5, card: "pm_card_pendingRefund" }),
  },
  {
    what: "refund failed later",
    count: 1,
    tell: (teller) => payThenRefund(teller, { share: 1, card: "pm_card_refundFail" }),
  },
  {
    what: "cancelled in Stripe's dashboard",
    count: 1,
    tell: async (teller) => {
      await subscribeAndPay(teller, "growth");
      await teller.ctx.stripe.subscriptions.cancel(await liveSubscription(teller));
    },
  },
  {
    what: "ends with the period",
    count: 1,
    tell: async (teller) => {
      await subscribeAndPay(teller, "growth");
      await teller.ctx.stripe.subscriptions.update(await liveSubscription(teller), {
        cancel_at_period_end: true,
      });
    },
  },
];

interface Purchase {
  interval?: Interval;
  seats?: number;
  card?: string;
  challenge?: "complete" | "fail";
}

const subscribe = (
  { ctx, person }: StoryTeller,
  planId: PlanId,
  { interval = "month", seats }: Purchase = {},
) =>
  createSubscription(ctx, { operationId: randomUUID(), planId, interval, currency: person.currency, seats });

async function subscribeAndPay(teller: StoryTeller, planId: PlanId, purchase: Purchase = {}) {
  const { confirmation } = await subscribe(teller, planId, purchase);
  if (confirmation.kind === "none") return;
  await payAs({
    sandboxUrl: teller.sandboxUrl,
    clientSecret: confirmation.clientSecret,
    paymentMethod: purchase.card,
    challenge: purchase.challenge,
  });
}

async function payThenRefund(teller: StoryTeller, { share, card }: { share: number; card?: string }) {
  await subscribeAndPay(teller, "growth", { card });
  const { db, actor } = teller.ctx;
  const payment = await until(
    "the payment to arrive by webhook",
    () => db.payment.findFirst({ where: { customerId: actor.customerId, receivedAmount: { gt: 0 } } }),
    patienceMs,
  );
  const paid = await until(
    "the invoice it paid",
    () =>
      db.invoicePayment.findFirst({
        where: { customerId: actor.customerId, paymentId: payment.id, status: "paid" },
      }),
    patienceMs,
  );
  await refundInvoice(teller.support, {
    operationId: randomUUID(),
    invoiceId: paid.invoiceId,
    amount: Math.round(Number(payment.receivedAmount) * share),
    reason: "requested_by_customer",
    note: share === 1 ? "Asked to leave within the first week." : "Half back for the outage.",
  });
}

async function liveSubscription({ ctx }: StoryTeller): Promise<string> {
  const subscription = await until(
    "the subscription to become active by webhook",
    () => ctx.db.subscription.findFirst({ where: { customerId: ctx.actor.customerId, status: "active" } }),
    patienceMs,
  );
  return subscription.id;
}
