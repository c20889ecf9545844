import { type Context, Hono } from "hono";
import { hostedPage, hostedSecurity } from "./browser/hosted-page";
import { paperHtml } from "./browser/paper-html";
import { paperPdf } from "./engine/pdf/draw";
import type { Paper } from "./engine/pdf/paper";
import { creditNotePaper } from "./papers/credit-note";
import { invoicePaper } from "./papers/invoice";
import { invoiceOf, receiptPaper } from "./papers/receipt";
import type { Account } from "./papers/words";
import type { Charge } from "./tables";
import type { Read } from "./transaction";
import type { World } from "./world";

/** What the addresses inside objects lead to: PDFs of invoices and credit notes, and receipts. */
export function pageRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get("/invoices/:id/pdf", (context) =>
    inAccountOf(world, context.req.param("id"), (read, account) => {
      const invoice = read.get("invoices", context.req.param("id"));
      if (!invoice?.invoice_pdf) return context.notFound();
      return pdf(context, invoicePaper(read, account, invoice), `Invoice-${invoice.number}`);
    }),
  );
  routes.get("/credit_notes/:id/pdf", (context) =>
    inAccountOf(world, context.req.param("id"), (read, account) => {
      const note = read.get("credit_notes", context.req.param("id"));
      if (!note) return context.notFound();
      return pdf(context, creditNotePaper(read, account, note), `CreditNote-${note.number}`);
    }),
  );
  routes.get("/receipts/:id", (context) =>
    inAccountOf(world, context.req.param("id"), (read, account) => {
      const charge = read.get("charges", context.req.param("id"));
      if (!charge?.paid) return context.notFound();
      return context.body(receiptPage(read, account, charge), 200, hostedSecurity);
    }),
  );
  return routes;
}

/** Ids are random, so whoever keeps the row is its account. */
export function inAccountOf<T>(world: World, id: string, work: (read: Read, account: Account) => T): T {
  const holder = world.store.holder(["invoices", "credit_notes", "charges"], id);
  return world.peek(world.store, (tx) => work(tx, tx.settings.account), holder);
}

function pdf(context: Context, paper: Paper, name: string): Response {
  return context.body(paperPdf(paper), 200, {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="${name}.pdf"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
}

function receiptPage(read: Read, account: Account, charge: Charge): string {
  const paper = receiptPaper(read, account, charge);
  const invoice = invoiceOf(read, charge);
  const back = invoice?.hosted_invoice_url
    ? `<p class="actions"><a class="button quiet" href="${new URL(invoice.hosted_invoice_url).pathname}">View the invoice</a></p>`
    : "";
  return hostedPage({
    title: "Receipt",
    body: `<main class="page">${paperHtml(paper)}${back}${footNote}</main>`,
  });
}

export const footNote = '<p class="foot">A page of the local sandbox. No real money moves.</p>';
