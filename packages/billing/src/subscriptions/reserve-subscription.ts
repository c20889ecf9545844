import type Stripe from "stripe";
import { catalog } from "../catalog";
import type { Tx } from "../context";
import { notAllowed } from "../errors";
import type { Operation } from "../operations/kinds";
import { intentHash, operationMetadata, reserve } from "../operations/reserve";
import { undecidedStates } from "../operations/rules";
import { withCustomerLocked } from "../operations/with-customer-locked";
import type { PlanDefinition } from "../plans/define-catalog";
import { itemsKey, type PurchaseItems } from "../plans/purchase-items";
import type { CustomerCtx } from "../trpc/procedures";
import { decidePurchase, type PurchaseStep, trialDaysFor } from "./rules";
import type { CreateSubscriptionInput } from "./schemas";

export interface Purchase {
  input: CreateSubscriptionInput;
  stripeCustomerId: string;
  bought: PurchaseItems;
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

const whatIsOpen = {
  id: true,
  status: true,
  pendingSetupIntentId: true,
  items: { select: { priceId: true, quantity: true } },
} as const;

async function whatIsKnown(tx: Tx, customerId: string, { input, bought }: Purchase) {
  const operation = { id: true, requestHash: true } as const;
  const [live, incomplete] = await Promise.all([
    tx.subscription.findFirst({ where: { customerId, liveSlot: "plan" }, select: whatIsOpen }),
    tx.subscription.findFirst({
      where: { customerId, status: "incomplete" },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: whatIsOpen,
    }),
  ]);
  return {
    own: await tx.moneyOperation.findFirst({ where: { id: input.operationId }, select: operation }),
    open: await tx.moneyOperation.findFirst({
      where: { customerId, openSlot: "plan", state: { in: [...undecidedStates] } },
      select: operation,
    }),
    live: live && { ...live, items: itemsKey(live.items) },
    incomplete: incomplete && { ...incomplete, items: itemsKey(incomplete.items) },
    requestHash: intentHash({ kind: "subscription_create", customerId, request: purchaseRequest(input) }),
    items: itemsKey(bought.items),
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
    params: createParams(purchase, customerId, {
      days: trialDaysFor(plan, tried !== null),
      card: plan.trialCard ?? "required",
    }),
    openSlot: "plan",
    currency: input.currency,
  });
}

/** What was left out is left out here too: purchases of before there were seats keep their hash. */
const purchaseRequest = ({ planId, interval, currency, seats, addOns }: CreateSubscriptionInput) => ({
  planId,
  interval,
  currency,
  ...(seats !== undefined && { seats }),
  ...(addOns?.length && { addOns }),
});

interface Trial {
  days: number;
  card: "required" | "later";
}

/** Nothing is charged here: the browser confirms the first payment, or the card that the trial ends with. */
function createParams(
  { input, stripeCustomerId, bought }: Purchase,
  customerId: string,
  trial: Trial,
): Stripe.SubscriptionCreateParams {
  const needsCard = !isFree(bought) && !(trial.days > 0 && trial.card === "later");
  return {
    customer: stripeCustomerId,
    items: bought.items.map(({ priceId, quantity }) => ({
      price: priceId,
      ...(quantity !== null && { quantity }),
    })),
    payment_behavior: needsCard ? "default_incomplete" : "allow_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    ...(trial.days > 0
      ? {
          trial_period_days: trial.days,
          trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
        }
      : {}),
    metadata: operationMetadata(input.operationId, customerId),
    expand: ["latest_invoice.confirmation_secret", "latest_invoice.payments", "pending_setup_intent"],
  };
}

/** Nothing will ever be charged. */
export const isFree = ({ recurring, isMetered }: PurchaseItems): boolean => recurring === 0 && !isMetered;

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
