import { memberMay } from "../access/permissions";
import { BillingError, notFound } from "../errors";
import type { CustomerCtx, RequestCtx } from "../trpc/procedures";
import { holdsUnstorable } from "../trpc/unstorable";
import { invoicesCsv } from "./csv";
import { getInvoice } from "./queries";
import { GetInvoiceInput, InvoiceFilters } from "./schemas";

/** A file for the person who is signed in. */
export type InvoiceFile =
  | { kind: "elsewhere"; url: string }
  | { kind: "bytes"; name: string; type: string; bytes: Uint8Array }
  | { kind: "text"; name: string; type: string; parts: AsyncGenerator<string> };

/** All of the customer's invoices that match, as a table. */
export function invoiceTableFile(ctx: RequestCtx, filters: Record<string, string>): InvoiceFile {
  const reader = readerOf(ctx);
  const parsed = InvoiceFilters.safeParse(filters);
  if (!parsed.success || holdsUnstorable(filters)) {
    throw new BillingError(
      "INVALID",
      "invalid_input",
      "These filters cannot be used. Please start without them.",
    );
  }
  const parts = invoicesCsv(reader, parsed.data);
  return { kind: "text", name: "invoices.csv", type: "text/csv; charset=utf-8", parts };
}

/** Stripe's paper of the invoice, or ours where Stripe has none. */
export async function invoicePaper(ctx: RequestCtx, invoiceId: string): Promise<InvoiceFile> {
  const reader = readerOf(ctx);
  const input = GetInvoiceInput.safeParse({ invoiceId });
  if (!input.success || holdsUnstorable(invoiceId)) throw notFound("invoice");
  const invoice = await getInvoice(reader, input.data);
  if (invoice.invoicePdf) return { kind: "elsewhere", url: invoice.invoicePdf };
  const name = `invoice-${(invoice.number ?? invoice.id).replace(/[^\w-]/g, "_")}.pdf`;
  // Fonts and their engine are loaded with the first paper that is ours.
  const { invoicePdf } = await import("./pdf/invoice-pdf");
  return { kind: "bytes", name, type: "application/pdf", bytes: await invoicePdf(invoice) };
}

function readerOf(ctx: RequestCtx): CustomerCtx {
  const { actor } = ctx;
  if (actor?.kind !== "member") {
    throw new BillingError("UNAUTHENTICATED", "sign_in_required", "Please sign in to continue.");
  }
  if (!memberMay(actor.role, "read")) {
    throw new BillingError("FORBIDDEN", "role_not_allowed", "Your role in this account does not allow this.");
  }
  return { ...ctx, actor };
}
