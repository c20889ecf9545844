import type { Ctx } from "../context";
import { type InvoiceSummaryRow, invoiceSummaries, invoiceSummaryRow } from "../db/sql/invoices";
import { decodeCursor, encodeCursor } from "../db/sql/page-cursor";
import { notFound } from "../errors";
import { minorUnits } from "../money";
import { paymentsOfInvoice } from "../payments/list";
import { refundablePayments, refundsOfInvoice } from "../refunds/queries";
import { refundableOf } from "../refunds/rules";
import type { CustomerCtx, StaffCtx } from "../trpc/procedures";
import type {
  GetInvoiceInput,
  InvoiceDetail,
  InvoiceLineView,
  InvoicePage,
  InvoiceSummary,
  ListInvoicesInput,
} from "./schemas";

export async function listInvoices(ctx: CustomerCtx, input: ListInvoicesInput): Promise<InvoicePage> {
  const end = decodeCursor(input.cursor);
  const rows = await invoiceSummaries(ctx.pool, ctx.actor.customerId, { limit: input.limit + 1, end });
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    invoices: page.map(summaryView),
    nextCursor: last ? encodeCursor({ at: last.cursorAt, id: last.id }) : null,
  };
}

export async function getInvoice(ctx: CustomerCtx, { invoiceId }: GetInvoiceInput): Promise<InvoiceDetail> {
  const detail = await invoiceDetail(ctx, ctx.actor.customerId, invoiceId);
  if (detail.status === "draft") throw notFound("invoice");
  return detail;
}

export async function getInvoiceAsStaff(
  ctx: StaffCtx,
  { invoiceId }: GetInvoiceInput,
): Promise<InvoiceDetail> {
  const invoice = await ctx.db.invoice.findFirst({ where: { id: invoiceId }, select: { customerId: true } });
  if (!invoice) throw notFound("invoice");
  return invoiceDetail(ctx, invoice.customerId, invoiceId);
}

export async function newestInvoices(ctx: Ctx, customerId: string, limit: number): Promise<InvoiceSummary[]> {
  return (await invoiceSummaries(ctx.pool, customerId, { limit, end: null })).map(summaryView);
}

async function invoiceDetail(ctx: Ctx, customerId: string, id: string): Promise<InvoiceDetail> {
  const summary = await invoiceSummaryRow(ctx.pool, customerId, id);
  if (!summary) throw notFound("invoice");
  const [invoice, payments, refunds, refundable] = await Promise.all([
    wholeInvoice(ctx, customerId, id),
    paymentsOfInvoice(ctx.db, customerId, id),
    refundsOfInvoice(ctx.db, { customerId, id }),
    refundablePayments(ctx.db, { customerId, id }),
  ]);
  return {
    ...summaryView(summary),
    customer: invoice.customer,
    subscriptionId: invoice.subscriptionId,
    billingReason: invoice.billingReason,
    subtotal: minorUnits(invoice.subtotalAmount),
    discount: minorUnits(invoice.discountAmount),
    tax: minorUnits(invoice.taxAmount),
    amountDue: minorUnits(invoice.dueAmount),
    lines: invoice.lines.map(lineView),
    payments,
    refunds,
    refundable: summary.status === "paid" ? refundableOf(refundable) : 0,
  };
}

const wholeInvoice = (ctx: Ctx, customerId: string, id: string) =>
  ctx.db.invoice.findUniqueOrThrow({
    where: { customerId_id: { customerId, id } },
    select: {
      customer: { select: { id: true, name: true, email: true } },
      subscriptionId: true,
      billingReason: true,
      subtotalAmount: true,
      discountAmount: true,
      taxAmount: true,
      dueAmount: true,
      lines: { select: lineSelect, orderBy: { position: "asc" } },
    },
  });

const lineSelect = {
  id: true,
  description: true,
  amount: true,
  quantity: true,
  proration: true,
  periodStart: true,
  periodEnd: true,
} as const;

const summaryView = (row: InvoiceSummaryRow): InvoiceSummary => ({
  id: row.id,
  number: row.number,
  status: row.status,
  currency: row.currency,
  total: minorUnits(BigInt(row.total)),
  amountPaid: minorUnits(BigInt(row.paid)),
  amountRemaining: minorUnits(BigInt(row.remaining)),
  amountRefunded: minorUnits(BigInt(row.refunded)),
  createdAt: row.createdAt.toISOString(),
  paidAt: row.paidAt?.toISOString() ?? null,
  periodStart: row.periodStart.toISOString(),
  periodEnd: row.periodEnd.toISOString(),
  hostedInvoiceUrl: row.hostedInvoiceUrl,
  invoicePdf: row.invoicePdf,
});

function lineView(line: {
  id: string;
  description: string | null;
  amount: bigint;
  quantity: bigint | null;
  proration: boolean;
  periodStart: Date;
  periodEnd: Date;
}): InvoiceLineView {
  return {
    id: line.id,
    description: line.description ?? "",
    amount: minorUnits(line.amount),
    quantity: line.quantity === null ? null : minorUnits(line.quantity),
    proration: line.proration,
    periodStart: line.periodStart.toISOString(),
    periodEnd: line.periodEnd.toISOString(),
  };
}
