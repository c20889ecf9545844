import type { InvoiceStatus } from "@farebox/billing";
import { invoiceStatuses } from "@farebox/billing/schemas";
import { oneOf, textParam } from "../../lib/paths";

/** What the address says about the table of invoices. Days are those of the reader's calendar. */
export interface InvoiceSearch {
  cursor?: string;
  status?: InvoiceStatus;
  from?: string;
  to?: string;
  q?: string;
}

export function invoiceSearch(search: Record<string, unknown>): InvoiceSearch {
  return {
    cursor: textParam(search.cursor),
    status: oneOf(invoiceStatuses, search.status),
    from: dayParam(search.from),
    to: dayParam(search.to),
    q: wordParam(search.q),
  };
}

export const isFiltered = ({ status, from, to, q }: InvoiceSearch): boolean =>
  [status, from, to, q].some((part) => part !== undefined);

export interface InvoiceFilter {
  status?: InvoiceStatus;
  from?: string;
  to?: string;
  search?: string;
}

/** As the API is asked: the last day is meant whole. */
export function filterOf({ status, from, to, q }: InvoiceSearch): InvoiceFilter {
  return {
    ...(status && { status }),
    ...(from && { from: startOf(from, 0) }),
    ...(to && { to: startOf(to, 1) }),
    ...(q && { search: q }),
  };
}

/** Where the browser fetches all of them as a file. */
export function csvAddress(search: InvoiceSearch): string {
  const query = new URLSearchParams({ ...filterOf(search) }).toString();
  return query ? `/api/invoices.csv?${query}` : "/api/invoices.csv";
}

function dayParam(value: unknown): string | undefined {
  const day = textParam(value);
  if (!day || !/^[12]\d{3}-\d\d-\d\d$/.test(day)) return undefined;
  return Number.isNaN(Date.parse(day)) ? undefined : day;
}

/** The router reads a number such as 99 as one. */
function wordParam(value: unknown): string | undefined {
  return textParam(typeof value === "number" ? String(value) : value)?.slice(0, 50);
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
