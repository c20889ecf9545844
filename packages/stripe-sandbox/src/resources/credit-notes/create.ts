import { divide, settles } from "../../engine/credit-note";
import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { CreditNote, CreditNoteLine, Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { moveCustomerBalance } from "../customer-balance";
import { markPaid } from "../invoices/mark-paid";
import { askForRest } from "../invoices/receive";
import { creditLines } from "./lines";
import type { CreateParams } from "./params";
import { creditable, madeRefund, namedRefunds } from "./refunds";
import { sumLines } from "./sums";

/** Takes back a part of a finalized invoice: first what is still to be paid, then what was paid. */
export function createCreditNote(tx: Tx, given: CreateParams): CreditNote {
  const invoice = tx.need("invoices", given.invoice, "invoice");
  if (!["open", "paid", "uncollectible"].includes(invoice.status ?? "")) {
    throw invalid(
      `A credit note needs a finalized invoice; this one is ${invoice.status}.`,
      "status_transition_invalid",
      "invoice",
    );
  }
  const lines = creditLines(tx, invoice, given);
  const sums = sumLines(lines);
  if (sums.total <= 0) throw invalid("A credit note must be for more than nothing.", undefined, "amount");
  const named = namedRefunds(tx, invoice, given);
  const most = creditable(tx, invoice, named);
  if (sums.total > most)
    throw invalid(`This invoice can be credited by at most ${most}.`, undefined, "amount");
  const note = insert(tx, invoice, given, { lines, sums, named });
  applyToInvoice(tx, note);
  return tx.need("credit_notes", note.id);
}

interface Parts {
  lines: CreditNoteLine[];
  sums: ReturnType<typeof sumLines>;
  named: CreditNote["refunds"];
}

function insert(tx: Tx, invoice: Invoice, given: CreateParams, { lines, sums, named }: Parts): CreditNote {
  const id = newId("cn");
  tx.emit("credit_note.created", "credit_notes", id);
  const division = divide(sums.total, invoice.status === "paid" ? 0 : invoice.amount_remaining);
  const refunds = [...named, ...madeRefund(tx, invoice, given.refund_amount)];
  const paid = {
    refunds: refunds.reduce((sum, refund) => sum + refund.amount_refunded, 0),
    credit: given.credit_amount ?? 0,
    outOfBand: given.out_of_band_amount ?? 0,
  };
  if (!settles(paid, division.postPayment)) {
    throw invalid(
      `The sum of credit amount (${paid.credit}), refund amount (${paid.refunds}) and out of band amount (${paid.outOfBand}) must equal the credit note post-payment amount (${division.postPayment}).`,
      undefined,
      "amount",
    );
  }
  for (const line of lines) tx.put("credit_note_lines", { ...line, credit_note: id });
  const entry =
    paid.credit > 0 && invoice.customer
      ? moveCustomerBalance(tx, invoice.customer, -paid.credit, {
          type: "credit_note",
          currency: invoice.currency,
          invoice: invoice.id,
          creditNote: id,
        })
      : null;
  const count = tx.by("credit_notes", "invoice", invoice.id).length + 1;
  return tx.put("credit_notes", {
    id,
    object: "credit_note",
    amount: sums.total,
    amount_shipping: 0,
    created: tx.now,
    currency: invoice.currency,
    customer: invoice.customer ?? "",
    customer_account: null,
    customer_balance_transaction: entry?.id ?? null,
    effective_at: given.effective_at ?? tx.now,
    invoice: invoice.id,
    livemode: false,
    memo: given.memo ?? null,
    metadata: mergeMetadata(null, given.metadata),
    number: `${invoice.number}-CN-${String(count).padStart(2, "0")}`,
    out_of_band_amount: given.out_of_band_amount ?? null,
    pdf: `${tx.settings.url}/credit_notes/${id}/pdf`,
    post_payment_amount: division.postPayment,
    pre_payment_amount: division.prePayment,
    reason: given.reason ?? null,
    refunds,
    shipping_cost: null,
    status: "issued",
    type: division.type,
    voided_at: null,
    ...sums,
  });
}

function applyToInvoice(tx: Tx, note: CreditNote): void {
  const { id, ...invoice } = tx.need("invoices", note.invoice);
  const remaining = invoice.amount_remaining - note.pre_payment_amount;
  tx.patch("invoices", id, {
    amount_due: invoice.amount_due - note.pre_payment_amount,
    amount_remaining: remaining,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + note.pre_payment_amount,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.post_payment_amount,
  });
  tx.emit("invoice.updated", "invoices", id);
  if (note.pre_payment_amount === 0) return;
  if (remaining === 0) markPaid(tx, id, { events: ["invoice.paid"] });
  else askForRest(tx, id);
}

/** Only what was not paid yet can be asked for again. */
export function voidCreditNote(tx: Tx, id: string): void {
  const note = tx.need("credit_notes", id);
  const invoice = tx.need("invoices", note.invoice);
  if (note.status === "void") throw invalid("This credit note is already void.", "status_transition_invalid");
  if (note.post_payment_amount > 0 || invoice.status !== "open") {
    throw invalid(
      "You can only void a pre-payment credit note of an open invoice.",
      "status_transition_invalid",
    );
  }
  tx.patch("credit_notes", id, { status: "void", voided_at: tx.now });
  tx.patch("invoices", invoice.id, {
    amount_due: invoice.amount_due + note.pre_payment_amount,
    amount_remaining: invoice.amount_remaining + note.pre_payment_amount,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - note.pre_payment_amount,
  });
  askForRest(tx, invoice.id);
  tx.emit("credit_note.voided", "credit_notes", id);
  tx.emit("invoice.updated", "invoices", invoice.id);
}
