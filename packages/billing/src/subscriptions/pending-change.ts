import type Stripe from "stripe";
import { idOf } from "../stripe/fields";

export const expandedChange = ["latest_invoice.confirmation_secret", "latest_invoice.payments"];

export interface ChangePayment {
  invoiceId: string;
  invoiceStatus: string | null;
  /** Of the payment intent; null when there is none. */
  status: string | null;
  clientSecret: string | null;
  /** Null while no card has been refused. */
  declineCode: string | null;
  amount: number;
  currency: string;
}

/** Where the payment stands that a pending change waits for, as Stripe has it now. */
export async function paymentOf(
  stripe: Stripe,
  subscription: Stripe.Subscription,
): Promise<ChangePayment | null> {
  const invoiceId = idOf(subscription.latest_invoice);
  if (!invoiceId) return null;
  const invoice = await stripe.invoices.retrieve(invoiceId, {
    expand: ["confirmation_secret", "payments.data.payment.payment_intent"],
  });
  const intent = intentOf(invoice);
  const failure = intent?.last_payment_error;
  return {
    invoiceId,
    invoiceStatus: invoice.status,
    status: intent?.status ?? null,
    clientSecret: invoice.confirmation_secret?.client_secret ?? null,
    declineCode: failure ? (failure.decline_code ?? failure.code ?? "card_declined") : null,
    amount: invoice.amount_remaining,
    currency: invoice.currency,
  };
}

function intentOf(invoice: Stripe.Invoice): Stripe.PaymentIntent | null {
  const intents = (invoice.payments?.data ?? []).map(({ payment }) => payment.payment_intent);
  const found = intents.find((intent) => typeof intent === "object");
  return found ?? null;
}
