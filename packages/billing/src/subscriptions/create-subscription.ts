import type Stripe from "stripe";
import { catalog } from "../catalog";
import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import { conflict, invalid, notAllowed } from "../errors";
import { seatsTaken } from "../members/queries";
import { applyAnswer } from "../operations/apply-answer";
import { carryOut, decided, refuseAgain } from "../operations/carry-out";
import { isUndecided } from "../operations/rules";
import type { PlanDefinition } from "../plans/define-catalog";
import { purchaseItems } from "../plans/purchase-items";
import { minimumSeats } from "../plans/purchase-rules";
import { outcomeUnknown, toBillingError } from "../stripe/errors";
import type { CustomerCtx } from "../trpc/procedures";
import { cancelIncomplete } from "./cancel-incomplete";
import { isFree, type Purchase, type ReservedStep, reserveSubscription } from "./reserve-subscription";
import { confirmationOf, hasEnded } from "./rules";
import type { CreatedSubscription, CreateSubscriptionInput } from "./schemas";

/**
 * Subscribes the customer, once: a repetition or a second tab joins what is under way and gets the same
 * client secret. An unpaid subscription to another price is ended first.
 */
export async function createSubscription(
  ctx: CustomerCtx,
  input: CreateSubscriptionInput,
): Promise<CreatedSubscription> {
  const bought = await purchaseItems(ctx.db, { ...input, seats: await seatsFor(ctx, input) });
  const stripeCustomerId = await ensureStripeCustomer(ctx, ctx.actor.customerId);
  const purchase = { input, bought, stripeCustomerId };
  for (let round = 0; round < 6; round++) {
    const step = await reserveSubscription(ctx, purchase);
    const created = await take(ctx, purchase, step);
    if (created) return created;
  }
  throw conflict("purchase_in_progress", "Another purchase is on its way. Please look again in a moment.");
}

/** Everybody who is a member already needs a seat. */
async function seatsFor(
  { db, actor }: CustomerCtx,
  { planId, seats: wanted }: CreateSubscriptionInput,
): Promise<number | undefined> {
  const { seats, name }: PlanDefinition = catalog.plans[planId];
  if (!seats) return wanted;
  const taken = await seatsTaken(db, actor.customerId);
  if (wanted === undefined) return Math.max(minimumSeats(seats), taken);
  if (wanted >= taken) return wanted;
  throw invalid(
    "too_few_seats",
    `${taken} people are members of this account, so ${name} needs ${taken} seats.`,
  );
}

/** Null when the world has changed meanwhile and the question must be asked again. */
async function take(
  ctx: CustomerCtx,
  purchase: Purchase,
  step: ReservedStep,
): Promise<CreatedSubscription | null> {
  switch (step.next) {
    case "submit":
      return view(purchase, (await carryOut(ctx, step.operation)) as Stripe.Subscription);
    case "follow":
      return follow(ctx, purchase, step.operationId);
    case "wait":
      await outcome(ctx, step.operationId);
      return null;
    case "resume":
      return resume(ctx, purchase, step.subscriptionId);
    case "replace":
      await cancelIncomplete(ctx, step.subscriptionId);
      return null;
    case "refuse":
      throw refusals[step.reason]();
  }
}

async function follow(ctx: CustomerCtx, purchase: Purchase, id: string): Promise<CreatedSubscription | null> {
  const operation = await outcome(ctx, id);
  const own = id === purchase.input.operationId;
  if (operation.state === "failed" && own) refuseAgain(operation);
  if (!operation.stripeObjectId) return null;
  const resumed = await resume(ctx, purchase, operation.stripeObjectId);
  if (resumed || !own) return resumed;
  throw notAllowed("checkout_expired", "This checkout is no longer open. Please start again.");
}

async function outcome(ctx: CustomerCtx, id: string) {
  const operation = await decided(ctx, { customerId: ctx.actor.customerId, id });
  if (isUndecided(operation)) throw outcomeUnknown();
  return operation;
}

/** The secret lives at Stripe only. A subscription found to have ended is written down as such. */
async function resume(
  ctx: CustomerCtx,
  purchase: Purchase,
  subscriptionId: string,
): Promise<CreatedSubscription | null> {
  const subscription = await retrieve(ctx, subscriptionId);
  await applyAnswer(ctx, ctx.actor.customerId, subscription);
  return hasEnded(subscription.status) ? null : view(purchase, subscription);
}

async function retrieve(ctx: CustomerCtx, id: string): Promise<Stripe.Subscription> {
  try {
    return await ctx.stripe.subscriptions.retrieve(id, {
      expand: ["latest_invoice.confirmation_secret", "pending_setup_intent"],
    });
  } catch (error) {
    throw toBillingError(error);
  }
}

function view({ input, bought }: Purchase, subscription: Stripe.Subscription): CreatedSubscription {
  const { id, status, latest_invoice: invoice, pending_setup_intent: setup } = subscription;
  const plan: PlanDefinition = catalog.plans[input.planId];
  const whole = invoice && typeof invoice !== "string" ? invoice : null;
  const confirmation = confirmationOf({
    status,
    cardless: isFree(bought) || (status === "trialing" && plan.trialCard === "later"),
    setupSecret: setup && typeof setup !== "string" ? setup.client_secret : null,
    paymentSecret: whole?.confirmation_secret?.client_secret ?? null,
    due: whole ? { amount: whole.amount_remaining, currency: whole.currency } : null,
  });
  return { subscriptionId: id, status, confirmation };
}

const refusals = {
  operation_reused: () =>
    conflict("operation_reused", "This checkout was used for another choice. Please start again."),
  already_subscribed: () =>
    notAllowed(
      "already_subscribed",
      "You already have a subscription. Change its plan instead of buying another.",
    ),
};
