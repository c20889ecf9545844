import type Stripe from "stripe";
import { type BillingError, conflict } from "../errors";
import type { KindOfOperation, Operation } from "../operations/kinds";
import { keyOf, paramsOf } from "../operations/params";
import { invoicedNow, isStale } from "../quotes/preview";
import type { QuoteContent } from "../quotes/token";
import { declinedBy } from "../stripe/errors";
import { dropPending } from "./drop-pending";
import { expandedChange, paymentOf } from "./pending-change";

/** Carries out a quote, at exactly what it says or not at all. */
export const planChange: KindOfOperation = {
  call: changeNow,
  probe: findChange,
  movesMoney: true,
  provenBy: "answer",
};

export const changeDrop: KindOfOperation = {
  call: (stripe, operation) => dropPending(stripe, targetOf(operation)),
  probe: (stripe, operation) => dropPending(stripe, targetOf(operation)),
  movesMoney: false,
  provenBy: "answer",
};

/** The mark tells a repetition that the change is made: what it would preview now is another change. */
async function changeNow(stripe: Stripe, operation: Operation): Promise<Stripe.Subscription> {
  const quote = paramsOf<QuoteContent>(operation);
  const found = await stripe.subscriptions.retrieve(quote.subscriptionId, { expand: expandedChange });
  if (isMarked(found, operation)) return unlessDeclined(stripe, found);
  if (await isStale(stripe, found, quote)) throw quoteStale();
  const answer = await stripe.subscriptions.update(
    quote.subscriptionId,
    { ...changeParams(quote), metadata: markOf(operation), expand: expandedChange },
    keyOf(operation),
  );
  return unlessDeclined(stripe, answer);
}

const changeParams = (quote: QuoteContent): Stripe.SubscriptionUpdateParams =>
  invoicedNow(quote)
    ? {
        items: quote.items,
        proration_behavior: "always_invoice",
        ...(quote.prorationDate === null ? {} : { proration_date: quote.prorationDate }),
        ...(quote.resetAnchor ? { billing_cycle_anchor: { type: "now" as const } } : {}),
        payment_behavior: "pending_if_incomplete",
      }
    : { items: quote.items, proration_behavior: "none" };

async function findChange(stripe: Stripe, operation: Operation): Promise<Stripe.Subscription | undefined> {
  const found = await stripe.subscriptions.retrieve(targetOf(operation), { expand: expandedChange });
  return isMarked(found, operation) ? unlessDeclined(stripe, found) : undefined;
}

/**
 * A card that was refused leaves nothing behind: the invoice is voided, and the old plan goes on. A bank that asks
 * the customer, or a customer without a card, leaves the change waiting.
 */
async function unlessDeclined(stripe: Stripe, changed: Stripe.Subscription): Promise<Stripe.Subscription> {
  if (!changed.pending_update) return changed;
  const payment = await paymentOf(stripe, changed);
  if (payment?.invoiceStatus === "void") throw declinedBy(payment.declineCode);
  if (payment?.status !== "requires_payment_method" || payment.declineCode === null) return changed;
  await dropPending(stripe, changed.id);
  throw declinedBy(payment.declineCode);
}

const markOf = ({ id }: Operation) => ({ change_operation_id: id });

const isMarked = ({ metadata, pending_update: pending }: Stripe.Subscription, { id }: Operation): boolean =>
  metadata.change_operation_id === id || pending?.metadata?.change_operation_id === id;

function targetOf({ id, targetId }: Operation): string {
  if (!targetId) throw new Error(`operation ${id} names no subscription`);
  return targetId;
}

export const quoteStale = (): BillingError =>
  conflict("quote_stale", "The amounts have changed since this quote was made. Nothing was charged.");
