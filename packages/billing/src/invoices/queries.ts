import type { Ctx } from "../context";
import { invoiceSummaries } from "../db/sql/invoices";
import { decodeCursor, encodeCursor } from "../db/sql/page-cursor";
import { notFound } from "../errors";
import type { CustomerCtx, StaffCtx } from "../trpc/procedures";
import { invoiceDetail } from "./detail";
import { filterOf } from "./filters";
import type {
  GetInvoiceInput,
  InvoiceDetail,
  InvoicePage,
  InvoiceSummary,
  ListInvoicesInput,
} from "./schemas";
import { summaryView } from "./summary-view";

export async function listInvoices(ctx: CustomerCtx, input: ListInvoicesInput): Promise<InvoicePage> {
  const { limit } = input;
  const end = decodeCursor(input.cursor);
  const filter = filterOf(input);
  const rows = await invoiceSummaries(ctx.pool, ctx.actor.customerId, { limit: limit + 1, end, filter });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
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
