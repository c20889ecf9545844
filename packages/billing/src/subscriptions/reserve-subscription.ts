import type Stripe from "stripe";
import { catalog } from "../catalog";
import type { Tx } from "../context";
import { notAllowed } from "../errors";
import type { Operation } from "../operations/kinds";
import { intentHash, operationMetadata, reserve } from "../operations/reserve";
import { undecidedStates } from "../operations/rules";
import { withCustomerLocked } from "../operations/with-customer-locked";
import type { PlanDefinition } from "../plans/define-catalog";
import type { CustomerCtx } from "../trpc/procedures";
import { decidePurchase, type PurchaseStep, trialDaysFor } from "./rules";
import type { CreateSubscriptionInput } from "./schemas";

export interface Purchase {
  input: CreateSubscriptionInput;
  stripeCustomerId: string;
  price: { priceId: string; unitAmount: number };
}

export type ReservedStep =
  | Exclude<PurchaseStep, { next: "reserve" }>
  | { next: "submit"; operation: Operation };

/** Decides with the customer locked, so that of two purchases at once the later sees the earlier. */
export function reserveSubscription(ctx: CustomerCtx, purchase: Purchase): Promise<ReservedStep> {
  const { customerId } = ctx.actor;
  return withCustomerLocked(ctx, customerId, async (tx) => {
    const step = decidePurchase(await whatIsKnown(tx, customerId, purchase));
    if (step.next !== "reserve") return step;
    await refuseOtherCurrency(tx, customerId, purchase.input.currency);
    return { next: "submit", operation: await reservePurchase(tx, ctx, purchase) };
  });
}

async function whatIsKnown(tx: Tx, customerId: string, { input, price }: Purchase) {
  const operation = { id: true, requestHash: true } as const;
  const subscription = { id: true, status: true, priceId: true, pendingSetupIntentId: true } as const;
  return {
    own: await tx.moneyOperation.findFirst({ where: { id: input.operationId }, select: operation }),
    open: await tx.moneyOperation.findFirst({
      where: { customerId, openSlot: "plan", state: { in: [...undecidedStates] } },
      select: operation,
    }),
    live: await tx.subscription.findFirst({
      where: { customerId, liveSlot: "plan" },
      select: subscription,
    }),
    incomplete: await tx.subscription.findFirst({
      where: { customerId, status: "incomplete" },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: subscription,
    }),
    requestHash: intentHash({ kind: "subscription_create", customerId, request: purchaseRequest(input) }),
    priceId: price.priceId,
  };
}

async function reservePurchase(tx: Tx, ctx: CustomerCtx, purchase: Purchase): Promise<Operation> {
  const { customerId } = ctx.actor;
  const { input } = purchase;
  const tried = await tx.subscription.findFirst({
    where: { customerId, trialStart: { not: null } },
    select: { id: true },
  });
  const plan: PlanDefinition = catalog.plans[input.planId];
  return reserve(tx, ctx, {
    id: input.operationId,
    kind: "subscription_create",
    customerId,
    request: purchaseRequest(input),
    params: createParams(purchase, customerId, trialDaysFor(plan, tried !== null)),
    openSlot: "plan",
    currency: input.currency,
  });
}

const purchaseRequest = ({ planId, interval, currency }: CreateSubscriptionInput) => ({
  planId,
  interval,
  currency,
});

/** Nothing is charged here: the browser confirms the first payment, or the card that the trial ends with. */
function createParams(
  { input, stripeCustomerId, price }: Purchase,
  customerId: string,
  trialDays: number,
): Stripe.SubscriptionCreateParams {
  return {
    customer: stripeCustomerId,
    items: [{ price: price.priceId }],
    payment_behavior: price.unitAmount === 0 ? "allow_incomplete" : "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    ...(trialDays > 0
      ? {
          trial_period_days: trialDays,
          trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
        }
      : {}),
    metadata: operationMetadata(input.operationId, customerId),
    expand: ["latest_invoice.confirmation_secret", "latest_invoice.payments", "pending_setup_intent"],
  };
}

/** Stripe holds a customer to the currency of its first subscription. */
async function refuseOtherCurrency(tx: Tx, customerId: string, currency: string): Promise<void> {
  const customer = await tx.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { currency: true },
  });
  if (!customer.currency || customer.currency === currency) return;
  throw notAllowed(
    "currency_locked",
    `This account is billed in ${customer.currency.toUpperCase()}. Please choose a price in that currency.`,
  );
}
