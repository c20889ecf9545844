import type pg from "pg";
import { statement } from "../statement";
import { cursorTime, type PageEnd } from "./page-cursor";

export interface InvoiceSummaryRow {
  id: string;
  cursorAt: string;
  number: string | null;
  status: string;
  currency: string;
  total: string;
  paid: string;
  remaining: string;
  refunded: string;
  createdAt: Date;
  paidAt: Date | null;
  periodStart: Date;
  periodEnd: Date;
  hostedInvoiceUrl: string | null;
  invoicePdf: string | null;
}

// Stripe's own period of an invoice is when pending items are collected; the lines tell what is paid for.
const summary = `
  SELECT i.id, ${cursorTime("i.created_at")} AS "cursorAt", i.number, i.status, i.currency, i.total_amount AS "total",
    i.paid_amount AS "paid", i.remaining_amount AS "remaining", i.created_at AS "createdAt", i.paid_at AS "paidAt",
    coalesce(service.starts, i.period_start) AS "periodStart", coalesce(service.ends, i.period_end) AS "periodEnd",
    i.hosted_invoice_url AS "hostedInvoiceUrl",
    i.invoice_pdf AS "invoicePdf", (
      SELECT coalesce(sum(r.amount), 0) FROM refund r
      WHERE r.customer_id = i.customer_id AND r.status IN ('pending', 'requires_action', 'succeeded')
        AND r.payment_id IN (SELECT payment_id FROM invoice_payment ip
          WHERE ip.customer_id = i.customer_id AND ip.invoice_id = i.id)
    )::bigint AS "refunded"
  FROM invoice i
  LEFT JOIN LATERAL (
    SELECT min(l.period_start) AS starts, max(l.period_end) AS ends FROM invoice_line l
    WHERE l.customer_id = i.customer_id AND l.invoice_id = i.id
  ) service ON true`;

const newest = statement<InvoiceSummaryRow>(
  "invoices-newest",
  `${summary} WHERE i.customer_id = $1 AND i.status <> 'draft'
  ORDER BY i.created_at DESC, i.id DESC LIMIT $2`,
);

const after = statement<InvoiceSummaryRow>(
  "invoices-after",
  `${summary} WHERE i.customer_id = $1 AND i.status <> 'draft' AND (i.created_at, i.id) < ($3::timestamptz, $4)
  ORDER BY i.created_at DESC, i.id DESC LIMIT $2`,
);

const one = statement<InvoiceSummaryRow>("invoices-one", `${summary} WHERE i.customer_id = $1 AND i.id = $2`);

/** Drafts are nobody's business until they are finalized. */
export const invoiceSummaries = (
  pool: pg.Pool,
  customerId: string,
  page: { limit: number; end: PageEnd | null },
) =>
  page.end
    ? after(pool, [customerId, page.limit, page.end.at, page.end.id])
    : newest(pool, [customerId, page.limit]);

export const invoiceSummaryRow = async (pool: pg.Pool, customerId: string, id: string) =>
  (await one(pool, [customerId, id]))[0];

const forget = statement<{ customerId: string }>(
  "invoice-forget-draft",
  `DELETE FROM invoice WHERE id = $1 AND status = 'draft' RETURNING customer_id AS "customerId"`,
);

/** Only a draft can be deleted at Stripe; its lines go with it. Whose it was, when it was here. */
export const forgetDraftRow = async (client: pg.PoolClient, id: string): Promise<string | undefined> =>
  (await forget(client, [id]))[0]?.customerId;
