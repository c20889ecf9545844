import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { recordFromStripe } from "../db/sql/audit";
import { forgetDraftRow } from "../db/sql/invoices";
import type { Write } from "../db/sql/mirror-table";
import { paymentsOfOtherAmount } from "../db/sql/payments";
import { notifyChange } from "../live/notify";
import { idOf } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";
import { invoicePaymentRows, invoiceRow, writeInvoice, writeInvoicePayments } from "./mirror";
import { lineRows, writeLines } from "./mirror-lines";
import { ensureTaxRates } from "./tax-rates";

/** An invoice with all of its lines; payments only where they were asked for. */
export interface WholeInvoice {
  invoice: Stripe.Invoice;
  lines: Stripe.InvoiceLineItem[];
  payments: Stripe.InvoicePayment[] | null;
}

/** What an invoice must be read with to be mirrored whole. */
export const invoiceExpand = ["payments", "total_discount_amounts.discount"];

export const refreshInvoice = async (billing: Billing, id: string): Promise<Apply> =>
  applyInvoice(billing, await billing.stripe.invoices.retrieve(id, { expand: invoiceExpand }), "latest");

/** With its payments and discounts expanded. */
export async function applyInvoice(billing: Billing, invoice: Stripe.Invoice, write: Write): Promise<Apply> {
  const whole = await wholeInvoice(billing.stripe, invoice);
  const owner = await ensureOwner(billing, invoice.customer);
  if (owner) await ensureTaxRates(billing, invoice);
  return async (client) => {
    if (owner) await syncInvoice(client, owner, whole, write);
  };
}

export async function syncInvoice(
  client: pg.PoolClient,
  customerId: string,
  { invoice, lines, payments }: WholeInvoice,
  write: Write,
): Promise<void> {
  const changed = await writeInvoice(client, invoiceRow(customerId, invoice), write);
  if (!changed && write === "first") return;
  const parent = { customerId, id: invoice.id };
  const linesChanged = await writeLines(client, parent, lineRows(lines));
  const paymentsChanged = payments
    ? await writeInvoicePayments(client, parent, invoicePaymentRows(payments))
    : 0;
  const stripeCustomer = idOf(invoice.customer);
  if (changed && stripeCustomer && usesBalance(invoice)) {
    await markForRefresh(client, "customer_balance", stripeCustomer);
  }
  if (changed && payments) await refreshAsked(client, customerId, invoice, payments);
  if (changed || linesChanged + paymentsChanged > 0) {
    await notifyChange(client, { customerId, nouns: ["invoices"] });
  }
}

/** A credit note lowers what an open payment asks for, and no event about the payment says so. */
async function refreshAsked(
  client: pg.PoolClient,
  customerId: string,
  { amount_remaining: amount }: Stripe.Invoice,
  payments: readonly Stripe.InvoicePayment[],
): Promise<void> {
  const open = payments.filter(({ status }) => status === "open");
  const ids = open.flatMap(({ payment }) => idOf(payment.payment_intent) ?? []);
  if (ids.length === 0) return;
  for (const id of await paymentsOfOtherAmount(client, customerId, { ids, amount })) {
    await markForRefresh(client, "payment_intent", id);
  }
}

/** A balance that goes up and down again between two looks is told by the invoices that did it. */
const usesBalance = ({ starting_balance: before, ending_balance: after }: Stripe.Invoice) =>
  after !== null && after !== before;

/** For an invoice that is gone at Stripe: it was a draft that somebody threw away. */
export async function forgetDraft(client: pg.PoolClient, id: string): Promise<void> {
  const customerId = await forgetDraftRow(client, id);
  if (!customerId) return;
  await recordFromStripe(client, {
    action: "invoices.deleted",
    customerId,
    targetType: "invoice",
    targetId: id,
    before: { status: "draft" },
  });
  await notifyChange(client, { customerId, nouns: ["invoices"] });
}

/** Stripe inlines the first page of lines and payments only. */
async function wholeInvoice(stripe: Stripe, invoice: Stripe.Invoice): Promise<WholeInvoice> {
  const lines = invoice.lines.has_more
    ? await stripe.invoices.listLineItems(invoice.id, { limit: 100 }).autoPagingToArray({ limit: 10_000 })
    : invoice.lines.data;
  const payments = invoice.payments?.has_more
    ? await stripe.invoicePayments
        .list({ invoice: invoice.id, limit: 100 })
        .autoPagingToArray({ limit: 10_000 })
    : (invoice.payments?.data ?? null);
  return { invoice, lines, payments };
}
