import { invoiceSummaries } from "../db/sql/invoices";
import type { CustomerCtx } from "../trpc/procedures";
import { amountText, filterOf } from "./filters";
import type { InvoiceFilters, InvoiceSummary } from "./schemas";
import { summaryView } from "./summary-view";

const pageSize = 500;

const columns: [string, (invoice: InvoiceSummary) => string][] = [
  ["number", ({ number }) => number ?? ""],
  ["date", ({ createdAt }) => createdAt],
  ["period_start", ({ periodStart }) => periodStart],
  ["period_end", ({ periodEnd }) => periodEnd],
  ["status", ({ status }) => status],
  ["currency", ({ currency }) => currency.toUpperCase()],
  ["total", ({ total, currency }) => amountText(total, currency)],
  ["paid", ({ amountPaid, currency }) => amountText(amountPaid, currency)],
  ["refunded", ({ amountRefunded, currency }) => amountText(amountRefunded, currency)],
  ["still_to_pay", ({ amountRemaining, currency }) => amountText(amountRemaining, currency)],
  ["paid_at", ({ paidAt }) => paidAt ?? ""],
  ["id", ({ id }) => id],
];

/** All that match, newest first, a page at a time: nothing is held but what is being sent. */
export async function* invoicesCsv(ctx: CustomerCtx, filters: InvoiceFilters): AsyncGenerator<string> {
  yield `\uFEFF${csvRow(columns.map(([name]) => name))}`;
  const filter = filterOf(filters);
  for (let end: { at: string; id: string } | null = null; ; ) {
    const rows = await invoiceSummaries(ctx.pool, ctx.actor.customerId, { limit: pageSize, end, filter });
    const invoices = rows.map(summaryView);
    if (invoices.length > 0) {
      yield invoices.map((invoice) => csvRow(columns.map(([, cell]) => cell(invoice)))).join("");
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    end = { at: last.cursorAt, id: last.id };
  }
}

export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** A spreadsheet runs what looks like a formula; a leading apostrophe makes it text. Amounts stay numbers. */
export function csvCell(text: string): string {
  const runs = /^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = runs ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
