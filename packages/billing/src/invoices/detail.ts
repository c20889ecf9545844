import type { Ctx } from "../context";
import type { CreditNote } from "../db/generated/client";
import { invoiceSummaryRow } from "../db/sql/invoices";
import { notFound } from "../errors";
import { minorUnits } from "../money";
import { attemptsOfInvoice, paymentsOfInvoice } from "../payments/list";
import { refundablePayments, refundsOfInvoice } from "../refunds/queries";
import { refundableOf } from "../refunds/rules";
import { explainLine } from "./explain/explain-line";
import type { Known } from "./explain/known";
import { explainedLine, type LineRow, loadKnown } from "./explain/load";
import { settleUp } from "./explain/settle-up";
import type { DiscountPart, TaxPart } from "./parts";
import type { CreditNoteView, DiscountView, InvoiceDetail, InvoiceLineView, TaxView } from "./schemas";
import { summaryView } from "./summary-view";

/** One invoice, whole, with the reason of every amount. */
export async function invoiceDetail(ctx: Ctx, customerId: string, id: string): Promise<InvoiceDetail> {
  const summary = await invoiceSummaryRow(ctx.pool, customerId, id);
  if (!summary) throw notFound("invoice");
  const { db } = ctx;
  const [invoice, payments, attempts, refunds, refundable, creditNotes] = await Promise.all([
    db.invoice.findUniqueOrThrow({
      where: { customerId_id: { customerId, id } },
      include: {
        customer: { select: { id: true, name: true, email: true } },
        lines: { orderBy: { position: "asc" } },
      },
    }),
    paymentsOfInvoice(db, customerId, id),
    attemptsOfInvoice(db, customerId, id),
    refundsOfInvoice(db, { customerId, id }),
    refundablePayments(db, { customerId, id }),
    db.creditNote.findMany({
      where: { customerId, invoiceId: id },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  ]);
  const discounts = invoice.discounts as unknown as DiscountPart[];
  const knownOf = await loadKnown(db, { ...invoice, discounts });
  const lines = invoice.lines.map((line) => lineView(line, knownOf(line)));
  const first = invoice.lines[0];
  const known = first ? knownOf(first) : null;
  return {
    ...summaryView(summary),
    customer: invoice.customer,
    subscriptionId: invoice.subscriptionId,
    billingReason: invoice.billingReason,
    subtotal: minorUnits(invoice.subtotalAmount),
    discount: minorUnits(invoice.discountAmount),
    tax: minorUnits(invoice.taxAmount),
    amountDue: minorUnits(invoice.dueAmount),
    dueAt: invoice.dueAt?.toISOString() ?? null,
    nextAttemptAt: invoice.nextPaymentAttempt?.toISOString() ?? null,
    chargedAutomatically: invoice.collectionMethod === "charge_automatically",
    lines,
    discounts: discounts.map((part) => discountView(part, known)),
    taxes: (invoice.taxes as unknown as TaxPart[]).map((part) => taxView(part, known)),
    settlement: settleUp({
      lineTotals: lines.map(({ explanation }) => explanation.total),
      total: minorUnits(invoice.totalAmount),
      amountDue: minorUnits(invoice.dueAmount),
      startingBalance: minorUnits(invoice.startingBalanceAmount),
      creditNotes: minorUnits(invoice.prePaymentCreditAmount),
    }),
    creditNotes: creditNotes.map(creditNoteView),
    attempts,
    payments,
    refunds,
    refundable: summary.status === "paid" ? refundableOf(refundable) : 0,
  };
}

const lineView = (line: LineRow, known: Known): InvoiceLineView => ({
  id: line.id,
  description: line.description ?? "",
  amount: minorUnits(line.amount),
  quantity: line.quantity === null ? null : minorUnits(line.quantity),
  proration: line.proration,
  periodStart: line.periodStart.toISOString(),
  periodEnd: line.periodEnd.toISOString(),
  explanation: explainLine(explainedLine(line), known),
});

function discountView({ discount, amount }: DiscountPart, known: Known | null): DiscountView {
  const {
    name = null,
    code = null,
    percentOff = null,
    amountOff = null,
  } = known?.discounts.get(discount) ?? {};
  return { name, code, percentOff, amountOff, amount };
}

function taxView({ rate, amount, inclusive, taxable, reason }: TaxPart, known: Known | null): TaxView {
  const { name = null, percentage = null } = known?.rates.get(rate ?? "") ?? {};
  return { name, percentage, included: inclusive, amount, taxable, reason };
}

const creditNoteView = (note: CreditNote): CreditNoteView => ({
  id: note.id,
  number: note.number,
  status: note.status,
  reason: note.reason,
  memo: note.memo,
  amount: minorUnits(note.totalAmount),
  currency: note.currency,
  offDue: minorUnits(note.prePaymentAmount),
  givenBack: minorUnits(note.postPaymentAmount),
  hasPdf: note.pdf !== null,
  createdAt: note.createdAt.toISOString(),
});
