import type { InvoiceSummaryRow } from "../db/sql/invoices";
import { minorUnits } from "../money";
import type { InvoiceSummary } from "./schemas";

export const summaryView = (row: InvoiceSummaryRow): InvoiceSummary => ({
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
