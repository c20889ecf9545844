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

/** Of one customer's invoices, however many there are, only those of the customer are looked at. */
const page = statement<InvoiceSummaryRow>(
  "invoices-page",
  `${summary} WHERE i.customer_id = $1 AND i.status <> 'draft'
    AND ($3::timestamptz IS NULL OR (i.created_at, i.id) < ($3, $4::text))
    AND ($5::text IS NULL OR i.status = $5)
    AND ($6::timestamptz IS NULL OR i.created_at >= $6) AND ($7::timestamptz IS NULL OR i.created_at < $7)
    AND ($8::text IS NULL OR i.number ILIKE $8
      OR i.total_amount = ($9::jsonb ->> i.currency)::bigint
      OR (NOT $9::jsonb ? i.currency AND i.total_amount = ($9::jsonb ->> '*')::bigint))
  ORDER BY i.created_at DESC, i.id DESC LIMIT $2`,
);

const one = statement<InvoiceSummaryRow>("invoices-one", `${summary} WHERE i.customer_id = $1 AND i.id = $2`);

export interface InvoiceFilter {
  status?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** Found anywhere in the number. */
  number?: string | null | undefined;
  /** The total by currency; "*" for every other one. Empty when no amount was asked for. */
  totals?: Record<string, string>;
}

/** Drafts are nobody's business until they are finalized. */
export const invoiceSummaries = (
  pool: pg.Pool,
  customerId: string,
  { limit, end, filter = {} }: { limit: number; end: PageEnd | null; filter?: InvoiceFilter },
) =>
  page(pool, [
    customerId,
    limit,
    end?.at ?? null,
    end?.id ?? null,
    filter.status ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.number ? `%${filter.number.replace(/[\\%_]/g, "\\$&")}%` : null,
    JSON.stringify(filter.totals ?? {}),
  ]);

export const invoiceSummaryRow = async (pool: pg.Pool, customerId: string, id: string) =>
  (await one(pool, [customerId, id]))[0];

const forget = statement<{ customerId: string }>(
  "invoice-forget-draft",
  `DELETE FROM invoice WHERE id = $1 AND status = 'draft' RETURNING customer_id AS "customerId"`,
);

/** Only a draft can be deleted at Stripe; its lines go with it. Whose it was, when it was here. */
export const forgetDraftRow = async (client: pg.PoolClient, id: string): Promise<string | undefined> =>
  (await forget(client, [id]))[0]?.customerId;
