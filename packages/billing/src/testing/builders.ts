import { randomUUID } from "node:crypto";
import type { CreateSubscriptionInput } from "../subscriptions/schemas";
import type { CustomerSession, Harness } from "./harness";

export interface PaidSubscription {
  subscriptionId: string;
  clientSecret: string;
  invoiceId: string;
  invoiceNumber: string;
  paymentId: string;
}

/** A customer's active, paid subscription, made as customers make theirs: checkout, card, webhooks. */
export async function paidSubscription(
  harness: Harness,
  { caller }: CustomerSession,
  choice: Partial<CreateSubscriptionInput> & { paymentMethod?: string } = {},
): Promise<PaidSubscription> {
  const { paymentMethod, ...input } = choice;
  const { subscriptionId, confirmation } = await caller.subscriptions.create({
    operationId: randomUUID(),
    planId: "growth",
    interval: "month",
    currency: "usd",
    ...input,
  });
  if (confirmation.kind !== "payment") throw new Error(`nothing to pay: ${confirmation.kind}`);
  await harness.payAs(confirmation.clientSecret, paymentMethod);
  await harness.quiet();
  const [invoice] = (await caller.invoices.list({})).invoices;
  if (!invoice?.number) throw new Error("no numbered invoice arrived by webhook");
  const [payment] = (await caller.invoices.get({ invoiceId: invoice.id })).payments;
  if (!payment) throw new Error("the invoice has no payment");
  return {
    subscriptionId,
    clientSecret: confirmation.clientSecret,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    paymentId: payment.id,
  };
}
