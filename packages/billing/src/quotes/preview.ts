import type Stripe from "stripe";
import { moneyOf, stateOf } from "./fingerprint";
import { isProration } from "./read-preview";
import { whyNotNow } from "./rules";
import type { QuoteContent } from "./token";

export type PlannedChange = Pick<
  QuoteContent,
  "subscriptionId" | "timing" | "trialing" | "items" | "resetAnchor" | "prorationDate"
>;

/** What Stripe would invoice for the change: at once, or at the next renewal for one that waits until then. */
export function previewChange(stripe: Stripe, change: PlannedChange): Promise<Stripe.Invoice> {
  return invoicedNow(change)
    ? stripe.invoices.createPreview({
        subscription: change.subscriptionId,
        subscription_details: {
          items: change.items,
          proration_behavior: "always_invoice",
          ...(change.prorationDate === null ? {} : { proration_date: change.prorationDate }),
          ...(change.resetAnchor ? { billing_cycle_anchor: { type: "now" } } : {}),
        },
      })
    : previewRecurring(stripe, change);
}

/** What each later period costs. */
export const previewRecurring = (
  stripe: Stripe,
  { subscriptionId, items }: Pick<PlannedChange, "subscriptionId" | "items">,
): Promise<Stripe.Invoice> =>
  stripe.invoices.createPreview({
    subscription: subscriptionId,
    preview_mode: "recurring",
    subscription_details: { items, proration_behavior: "none" },
  });

export const invoicedNow = ({ timing, trialing }: Pick<PlannedChange, "timing" | "trialing">): boolean =>
  timing === "now" && !trialing;

/** The moment from which Stripe reckons, by its own clock; our own where nothing is prorated. */
export function prorationMoment(preview: Stripe.Invoice): number {
  const line = preview.lines.data.find(isProration);
  return line ? line.period.start : Math.floor(Date.now() / 1000);
}

/** Whether the subscription is the one that was quoted, and Stripe still reckons the same. */
export async function isStale(
  stripe: Stripe,
  subscription: Stripe.Subscription,
  quote: QuoteContent,
): Promise<boolean> {
  if (whyNotNow(subscription) || stateOf(subscription) !== quote.state) return true;
  return moneyOf(await previewChange(stripe, quote)) !== quote.money;
}
