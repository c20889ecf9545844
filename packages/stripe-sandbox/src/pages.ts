import { Hono } from "hono";
import { html } from "hono/html";
import { creditNoteText, invoiceText } from "./documents";
import { textPdf } from "./engine/text-pdf";
import { dayText, moneyText } from "./resources/subscriptions/wording";
import type { World } from "./world";

/** What the addresses inside objects lead to: the hosted invoice, its PDF and the receipt. */
export function pageRoutes(world: World): Hono {
  const routes = new Hono();
  const found = (id: string) => {
    const invoice = world.store.get("invoices", id);
    return invoice && invoice.status !== "draft" ? invoice : undefined;
  };

  routes.get("/invoices/:id", (context) => {
    const invoice = found(context.req.param("id"));
    if (!invoice) return context.notFound();
    return context.html(page(`Invoice ${invoice.number}`, invoiceText(world, invoice)));
  });
  routes.get("/invoices/:id/pdf", (context) => {
    const invoice = found(context.req.param("id"));
    if (!invoice) return context.notFound();
    return context.body(textPdf(invoiceText(world, invoice)), 200, {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="Invoice-${invoice.number}.pdf"`,
    });
  });
  routes.get("/credit_notes/:id/pdf", (context) => {
    const note = world.store.get("credit_notes", context.req.param("id"));
    if (!note) return context.notFound();
    return context.body(textPdf(creditNoteText(world, note)), 200, {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="CreditNote-${note.number}.pdf"`,
    });
  });
  routes.get("/receipts/:id", (context) => {
    const charge = world.store.get("charges", context.req.param("id"));
    if (!charge?.paid) return context.notFound();
    const card = charge.payment_method_details?.card;
    return context.html(
      page(`Receipt for ${moneyText(charge.amount, charge.currency)}`, [
        world.settings.account.name,
        `Paid on ${dayText(charge.created)} with ${card?.brand} ending in ${card?.last4}`,
        ...(charge.amount_refunded > 0
          ? [`Refunded: ${moneyText(charge.amount_refunded, charge.currency)}`]
          : []),
      ]),
    );
  });
  return routes;
}

function page(title: string, lines: string[]) {
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width">
<body style="font:16px/1.6 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem"><h1>${title}</h1>${lines.map((line) => html`<p>${line}</p>`)}
<p><small>A page of the local sandbox. No real money moved.</small></p></body></html>`;
}
