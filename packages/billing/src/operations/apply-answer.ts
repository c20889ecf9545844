import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { syncCustomer } from "../customers/sync";
import { inTransaction } from "../db/sql/transaction";
import { syncInvoice } from "../invoices/sync";
import { syncPaymentMethod } from "../payment-methods/sync";
import { syncRefund } from "../refunds/sync";
import { hasEnded } from "../subscriptions/rules";
import { syncSubscription } from "../subscriptions/sync";
import { markForRefresh } from "../webhooks/objects";
import { type Answer, kinds, type Operation } from "./kinds";
import { settleAnswered } from "./settle";

/**
 * Takes over what Stripe answered to a verb, through the same syncs as a webhook. An answer may be older than
 * what a worker has read since, so it only fills gaps; the worker reads everything it names again.
 */
export async function applyAnswer(
  billing: Billing,
  customerId: string,
  answer: Answer,
  operation?: Operation,
): Promise<void> {
  await inTransaction(billing.pool, async (client) => {
    await applyObject(client, customerId, answer);
    if (operation && kinds[operation.kind].provenBy === "answer")
      await settleAnswered(client, operation, answer);
  });
}

async function applyObject(client: pg.PoolClient, customerId: string, answer: Answer): Promise<void> {
  const invoice = answer.object === "subscription" ? answer.latest_invoice : null;
  const whole = invoice && typeof invoice !== "string" ? invoice : null;
  await markForRefresh(client, answer.object, answer.id);
  if (whole) await markForRefresh(client, "invoice", whole.id);
  switch (answer.object) {
    case "customer":
      await syncCustomer(client, answer, "first");
      return;
    case "subscription":
      // What has ended stays ended: such an answer is never too old.
      await syncSubscription(client, customerId, answer, hasEnded(answer.status) ? "latest" : "first");
      if (!whole) return;
      await syncInvoice(client, customerId, asFarAsTold(whole), "first");
      return;
    case "refund":
      await syncRefund(client, customerId, answer, "first");
      return;
    case "payment_method":
      if (answer.customer) await syncPaymentMethod(client, customerId, answer, "first");
      return;
    case "invoice":
      await syncInvoice(client, customerId, asFarAsTold(answer), "first");
  }
}

/** The worker reads the rest of a long invoice. */
const asFarAsTold = (invoice: Stripe.Invoice) => ({
  invoice,
  lines: invoice.lines.data,
  payments: invoice.payments?.data ?? null,
});
