import type { InvoiceSummary, SubscriptionView } from "@farebox/billing";
import { type CheckoutSearch, checkoutSearch } from "../checkout/search";
import { trialNeedsCard } from "../subscriptions/rules";

export interface Attention {
  tone: "info" | "warning" | "danger";
  title: string;
  text: string;
  action:
    | { label: string; to: "checkout"; search: CheckoutSearch }
    | { label: string; to: "hosted"; href: string }
    | { label: string; to: "invoice"; invoiceId: string }
    | { label: string; to: "invoices" };
}

/** What the customer should do first, with one button that does it; null when all is well. */
export function attentionFor(
  subscription: SubscriptionView | null,
  invoices: readonly InvoiceSummary[],
): Attention | null {
  if (!subscription) return null;
  const { status, planName } = subscription;
  if (status === "incomplete") {
    return {
      tone: "warning",
      title: `${planName} is waiting for its first payment`,
      text: "The plan starts as soon as the payment is completed.",
      action: { label: "Finish the payment", to: "checkout", search: samePurchase(subscription) },
    };
  }
  if (trialNeedsCard(subscription)) {
    return {
      tone: "info",
      title: `Add a card to keep ${planName} after the trial`,
      text: "Nothing is charged before the trial ends.",
      action: { label: "Add a card", to: "checkout", search: samePurchase(subscription) },
    };
  }
  if (status === "past_due" || status === "unpaid") {
    return {
      tone: "danger",
      title: `The last payment for ${planName} did not go through`,
      text:
        status === "past_due"
          ? "Your plan stays on while we try again."
          : "Your plan continues once it is paid.",
      action: payAction(invoices),
    };
  }
  return null;
}

function payAction(invoices: readonly InvoiceSummary[]): Attention["action"] {
  const open = invoices.find((invoice) => invoice.status === "open");
  if (!open) return { label: "See your invoices", to: "invoices" };
  if (open.hostedInvoiceUrl) return { label: "Pay the invoice", to: "hosted", href: open.hostedInvoiceUrl };
  return { label: "See the unpaid invoice", to: "invoice", invoiceId: open.id };
}

const samePurchase = ({ planId, interval, price }: SubscriptionView): CheckoutSearch =>
  checkoutSearch({ plan: planId, interval, currency: price?.currency });
