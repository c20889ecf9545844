import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import { notAllowed } from "../errors";
import { listPlans } from "../plans/list";
import { moneyOf, stateOf } from "../quotes/fingerprint";
import { invoicedNow, previewChange, previewRecurring, prorationMoment } from "../quotes/preview";
import { moneyView, nothingNow } from "../quotes/read-preview";
import { featureDifference, whyNotNow } from "../quotes/rules";
import type { ChangeQuote, QuoteChangeInput } from "../quotes/schemas";
import { type QuoteContent, signQuote } from "../quotes/token";
import { toBillingError } from "../stripe/errors";
import type { CustomerCtx } from "../trpc/procedures";
import { liveSubscription } from "./change-subscription";
import { type PlannedQuote, plannedChange } from "./planned-change";
import { planName } from "./queries";
import { mainItem, planOf } from "./rules";

const validForMs = 15 * 60_000;

/** What a change would cost, as Stripe reckons it, with a promise to charge exactly that. */
export async function quoteChange(ctx: CustomerCtx, input: QuoteChangeInput): Promise<ChangeQuote> {
  const { id } = await liveSubscription(ctx.db, ctx.actor.customerId);
  try {
    const subscription = await ctx.stripe.subscriptions.retrieve(id);
    return await quoteFor(ctx, input, subscription);
  } catch (error) {
    throw toBillingError(error);
  }
}

async function quoteFor(
  ctx: CustomerCtx,
  input: QuoteChangeInput,
  subscription: Stripe.Subscription,
): Promise<ChangeQuote> {
  const refused = whyNotNow(subscription);
  if (refused) throw notAllowed(refused.reason, refused.message);
  const change = await plannedChange(ctx, input, subscription);
  const preview = await previewAtMoment(ctx.stripe, change);
  const recurring = invoicedNow(change) ? await previewRecurring(ctx.stripe, change) : preview;
  const content: QuoteContent = {
    ...change,
    id: randomUUID(),
    wish: input,
    customerId: ctx.actor.customerId,
    state: stateOf(subscription),
    money: moneyOf(preview),
    currency: preview.currency,
    total: preview.total,
    amountDue: preview.amount_due,
    expiresAt: Date.now() + validForMs,
  };
  return quoteView(ctx, { content, subscription, preview, recurring });
}

/** The first preview finds the moment; the second is the one that is promised. */
async function previewAtMoment(stripe: Stripe, change: PlannedQuote): Promise<Stripe.Invoice> {
  const preview = await previewChange(stripe, change);
  if (!invoicedNow(change)) return preview;
  change.prorationDate = prorationMoment(preview);
  return preview.lines.data.length === 0 ? preview : previewChange(stripe, change);
}

interface Quoted {
  content: QuoteContent;
  subscription: Stripe.Subscription;
  preview: Stripe.Invoice;
  recurring: Stripe.Invoice;
}

function quoteView(ctx: CustomerCtx, { content, subscription, preview, recurring }: Quoted): ChangeQuote {
  if (ctx.quoteSecret === null) throw new Error("this process was opened without a secret for quotes");
  const { planId, interval, timing } = content;
  const main = mainItem(subscription.items.data);
  const from = planOf(main?.price.metadata);
  const features = (id: string | null) => listPlans().find((plan) => plan.id === id)?.features ?? [];
  const periodEnd = new Date((main?.current_period_end ?? 0) * 1000).toISOString();
  const now = invoicedNow(content);
  const renews = recurring.lines.data[0]?.period.start;
  return {
    quote: signQuote(ctx.quoteSecret, content),
    expiresAt: new Date(content.expiresAt).toISOString(),
    timing,
    effectiveAt: timing === "now" ? null : periodEnd,
    from: { planName: planName(from), interval: main?.price.recurring?.interval ?? null },
    to: { planId, planName: planName(planId), interval },
    ...(now ? moneyView(preview) : nothingNow(preview.currency)),
    next: {
      at: content.resetAnchor && renews ? new Date(renews * 1000).toISOString() : periodEnd,
      total: recurring.total,
    },
    ...featureDifference(features(from), features(planId)),
  };
}
