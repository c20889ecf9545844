import { BillingError, notFound } from "../errors";
import { seatsTaken } from "../members/queries";
import type { ChangedPlan, ChangePlanInput } from "../quotes/schemas";
import { openQuote, type QuoteContent } from "../quotes/token";
import type { CustomerCtx } from "../trpc/procedures";
import { quoteStale } from "./change-at-stripe";
import { changeSubscription } from "./change-subscription";
import { confirmationFor } from "./pending-payment";
import { quoteChange } from "./quote-change";

/**
 * Accepts a quote: charges exactly what it says, or nothing. The quote's id is the operation's, so accepted twice,
 * in two tabs or by a double click, it is one change. One that no longer holds is answered with a fresh one.
 */
export async function changePlan(ctx: CustomerCtx, input: ChangePlanInput): Promise<ChangedPlan> {
  const quote = quoteOf(ctx, input.quote);
  const kind = quote.timing === "now" ? "plan_change" : "schedule_create";
  try {
    await changeSubscription(ctx, {
      operationId: quote.id,
      kind,
      request: requestOf(quote),
      decide: async (live, tx) => {
        if (live.id !== quote.subscriptionId || Date.now() > quote.expiresAt) throw quoteStale();
        if (quote.seats !== null && (await seatsTaken(tx, quote.customerId)) > quote.seats)
          throw quoteStale();
        return quote;
      },
    });
  } catch (error) {
    throw await withFreshQuote(ctx, quote, error);
  }
  if (kind === "schedule_create") return { outcome: "scheduled", confirmation: null };
  const confirmation = await confirmationFor(ctx, quote.subscriptionId);
  return { outcome: confirmation ? "unpaid" : "changed", confirmation };
}

/** Another customer's quote is as unknown as one that nobody signed. */
function quoteOf(ctx: CustomerCtx, token: string): QuoteContent {
  const quote = ctx.quoteSecret === null ? null : openQuote(ctx.quoteSecret, token);
  if (quote?.customerId !== ctx.actor.customerId) throw notFound("quote");
  return quote;
}

const requestOf = ({ planId, interval, after, timing, total, amountDue, currency }: QuoteContent) => ({
  planId,
  interval,
  after,
  timing,
  total,
  amountDue,
  currency,
});

async function withFreshQuote(ctx: CustomerCtx, { wish }: QuoteContent, error: unknown) {
  if (!(error instanceof BillingError) || error.reason !== "quote_stale") return error;
  const fresh = await quoteChange(ctx, wish).catch((refusal: unknown) => refusal);
  if (fresh instanceof Error) return fresh;
  const { reason, message } = error;
  return new BillingError("CONFLICT", reason, message, { details: { quote: fresh } });
}
