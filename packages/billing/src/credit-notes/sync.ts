import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { recordFromStripe } from "../db/sql/audit";
import { creditNoteStatus } from "../db/sql/credit-notes";
import type { Write } from "../db/sql/mirror-table";
import { notifyChange } from "../live/notify";
import { idOf } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";
import {
  creditNoteRow,
  lineRows,
  refundRows,
  writeCreditNote,
  writeCreditNoteLines,
  writeCreditNoteRefunds,
} from "./mirror";

export interface WholeCreditNote {
  creditNote: Stripe.CreditNote;
  lines: Stripe.CreditNoteLineItem[];
}

export const refreshCreditNote = async (billing: Billing, id: string): Promise<Apply> =>
  applyCreditNote(billing, await billing.stripe.creditNotes.retrieve(id), "latest");

export async function applyCreditNote(
  billing: Billing,
  creditNote: Stripe.CreditNote,
  write: Write,
): Promise<Apply> {
  const whole = await wholeCreditNote(billing.stripe, creditNote);
  const owner = await ensureOwner(billing, creditNote.customer);
  return async (client) => {
    if (owner) await syncCreditNote(client, owner, whole, write);
  };
}

export async function syncCreditNote(
  client: pg.PoolClient,
  customerId: string,
  { creditNote, lines }: WholeCreditNote,
  write: Write,
): Promise<void> {
  const row = creditNoteRow(customerId, creditNote);
  const before = await creditNoteStatus(client, customerId, row.id);
  const changed = await writeCreditNote(client, row, write);
  if (!changed && write === "first") return;
  const parent = { customerId, id: row.id };
  await writeCreditNoteLines(client, parent, lineRows(lines));
  await writeCreditNoteRefunds(client, parent, refundRows(creditNote));
  if (!changed) return;
  if (before !== row.status) {
    await recordFromStripe(client, {
      action: before === undefined ? "credit_notes.issued" : "credit_notes.status_changed",
      customerId,
      targetType: "credit_note",
      targetId: row.id,
      before: before === undefined ? undefined : { status: before },
      after: { status: row.status, amount: row.totalAmount, currency: row.currency },
    });
    // What the invoice still asks for has changed with it, or the customer's balance has.
    await markForRefresh(client, "invoice", row.invoiceId);
    const stripeCustomer = idOf(creditNote.customer);
    if (stripeCustomer && creditNote.customer_balance_transaction) {
      await markForRefresh(client, "customer_balance", stripeCustomer);
    }
  }
  await notifyChange(client, { customerId, nouns: ["invoices"] });
}

/** Stripe inlines the first page of lines only. */
async function wholeCreditNote(stripe: Stripe, creditNote: Stripe.CreditNote): Promise<WholeCreditNote> {
  const lines = creditNote.lines.has_more
    ? await stripe.creditNotes
        .listLineItems(creditNote.id, { limit: 100 })
        .autoPagingToArray({ limit: 10_000 })
    : creditNote.lines.data;
  return { creditNote, lines };
}
