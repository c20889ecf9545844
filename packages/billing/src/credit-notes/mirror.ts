import type Stripe from "stripe";
import { mirrorList } from "../db/sql/mirror-list";
import { mirrorTable } from "../db/sql/mirror-table";
import { idOf, instant, storable } from "../stripe/fields";

interface CreditNoteRow {
  customerId: string;
  id: string;
  number: string;
  invoiceId: string;
  status: string;
  type: string;
  reason: string | null;
  memo: string | null;
  currency: string;
  totalAmount: number;
  prePaymentAmount: number;
  postPaymentAmount: number;
  outOfBandAmount: number;
  pdf: string | null;
  voidedAt: Date | null;
  createdAt: Date;
}

interface CreditNoteLineRow {
  id: string;
  position: number;
  invoiceLineId: string | null;
  description: string | null;
  quantity: number | null;
  amount: number;
}

interface CreditNoteRefundRow {
  id: string;
  refundId: string;
  amount: number;
}

export const writeCreditNote = mirrorTable<CreditNoteRow>("credit_note", [
  "number",
  "invoiceId",
  "status",
  "type",
  "reason",
  "memo",
  "currency",
  "totalAmount",
  "prePaymentAmount",
  "postPaymentAmount",
  "outOfBandAmount",
  "pdf",
  "voidedAt",
  "createdAt",
]);

export const writeCreditNoteLines = mirrorList<CreditNoteLineRow>("credit_note_line", "credit_note_id", {
  id: "text",
  position: "int",
  invoiceLineId: "text",
  description: "text",
  quantity: "bigint",
  amount: "bigint",
});

export const writeCreditNoteRefunds = mirrorList<CreditNoteRefundRow>(
  "credit_note_refund",
  "credit_note_id",
  { id: "text", refundId: "text", amount: "bigint" },
);

export const creditNoteRow = (customerId: string, note: Stripe.CreditNote): CreditNoteRow => ({
  customerId,
  id: note.id,
  number: note.number,
  invoiceId: idOf(note.invoice) ?? "",
  status: note.status,
  type: note.type,
  reason: note.reason,
  memo: storable(note.memo),
  currency: note.currency,
  totalAmount: note.total,
  prePaymentAmount: note.pre_payment_amount,
  postPaymentAmount: note.post_payment_amount,
  outOfBandAmount: note.out_of_band_amount ?? 0,
  pdf: note.pdf || null,
  voidedAt: instant(note.voided_at),
  createdAt: instant(note.created),
});

export const lineRows = (lines: readonly Stripe.CreditNoteLineItem[]): CreditNoteLineRow[] =>
  lines.map((line, position) => ({
    id: line.id,
    position,
    invoiceLineId: line.invoice_line_item ?? null,
    description: storable(line.description),
    quantity: line.quantity,
    amount: line.amount,
  }));

/** One refund may belong to several credit notes, each with its part. */
export const refundRows = (note: Stripe.CreditNote): CreditNoteRefundRow[] =>
  note.refunds.flatMap(({ refund, amount_refunded: amount }) => {
    const refundId = idOf(refund);
    return refundId ? [{ id: `${note.id}:${refundId}`, refundId, amount }] : [];
  });
