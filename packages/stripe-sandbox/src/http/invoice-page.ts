import { type Context, Hono } from "hono";
import { hostedPage, hostedSecurity } from "../browser/hosted-page";
import type { InvoiceState } from "../browser/invoice-state";
import { paperHtml } from "../browser/paper-html";
import { footNote, inAccountOf } from "../pages";
import { invoicePaper } from "../papers/invoice";
import { collectInvoice } from "../resources/invoices/collect";
import { paymentIntentOf } from "../resources/invoices/payment-of";
import { declined } from "../resources/payment-intents/confirm";
import { usePaymentMethod } from "../resources/payment-methods/use";
import { moneyText } from "../resources/subscriptions/wording";
import type { Invoice } from "../tables";
import type { Read, Tx } from "../transaction";
import type { World } from "../world";
import { readFields } from "./bodies";
import { clockFor } from "./clock-for";
import { ApiError, invalid } from "./errors";
import { keepingFailures } from "./portal-session";

/** The page where an invoice is looked at and paid, as `hosted_invoice_url` promises. */
export function invoicePageRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get("/invoices/:id", (context) => {
    const id = context.req.param("id");
    return inAccountOf(world, id, (read, account) => {
      const invoice = read.get("invoices", id);
      if (!invoice) return context.notFound();
      const paper = invoicePaper(read, account, invoice);
      const waits = '<p class="notice">This invoice is a draft. It can be paid once it is finalized.</p>';
      const head = `<p class="brand top">${account.name.replace(/[<&]/g, "")}</p>`;
      const aside = `<div class="pay" id="pay">${invoice.status === "draft" ? waits : ""}</div>`;
      const body = `<main class="page page--wide">${head}<div class="split split--pay">${aside}${paperHtml(paper)}</div>${footNote}</main>`;
      const script = invoice.status === "draft" ? {} : { script: "invoice" };
      return context.body(hostedPage({ title: paper.title, body, ...script }), 200, hostedSecurity);
    });
  });
  routes.get("/invoices/:id/state", (context) => {
    const id = context.req.param("id");
    return inAccountOf(world, id, (read) => {
      const invoice = read.get("invoices", id);
      if (!invoice?.hosted_invoice_url)
        throw invalid(`No such invoice: '${id}'`, "resource_missing", "id", 404);
      return context.json(stateOf(read, invoice, world.store.holder(["invoices"], id)), 200, {
        "cache-control": "no-store",
      });
    });
  });
  routes.post("/invoices/:id/pay", (context) => pay(context, world));
  routes.onError((error) => {
    if (!(error instanceof ApiError)) throw error;
    const { type, code, message, decline_code } = error.body;
    return Response.json({ error: { type, code, message, decline_code } }, { status: error.status });
  });
  return routes;
}

async function pay(context: Context, world: World): Promise<Response> {
  const { payment_method: method = "" } = await readFields(context);
  const id = context.req.param("id") ?? "";
  const result = keepingFailures(world, world.store.holder(["invoices"], id), (tx) =>
    payByHand(tx, id, method),
  );
  return context.json(result, 200, { "cache-control": "no-store" });
}

/** The customer is there and pays, with a saved card or one just typed. */
function payByHand(tx: Tx, id: string, given: string): object {
  tx.enter(clockFor(tx, "POST", [id], {}));
  const invoice = tx.need("invoices", id);
  if (!isPayable(invoice))
    throw invalid(`This invoice is ${invoice.status} and cannot be paid.`, undefined, "id");
  const method = usePaymentMethod(tx, given);
  if (method.customer !== null && method.customer !== invoice.customer)
    throw invalid("The payment method belongs to another customer.", undefined, "payment_method");
  const result = collectInvoice(tx, id, method.id, { offSession: false, inBrowser: true });
  const intent = paymentIntentOf(tx, id) ?? "";
  if (result === "declined") throw declined(tx, intent, false);
  const { status, client_secret: secret } = tx.need("payment_intents", intent);
  return result === "requires_action" ? { status, client_secret: secret } : { status };
}

function isPayable({ status, amount_remaining: amount }: Invoice): boolean {
  return (status === "open" || status === "uncollectible") && amount > 0;
}

function stateOf(read: Read, invoice: Invoice, account: string | null): InvoiceState {
  const payments = read.by("invoice_payments", "invoice", invoice.id);
  const charges = payments.flatMap(({ payment }) => {
    const intent = read.get("payment_intents", payment.payment_intent ?? "");
    const charge =
      intent?.status === "succeeded" ? read.get("charges", String(intent.latest_charge ?? "")) : undefined;
    return charge?.receipt_url ? [charge.receipt_url] : [];
  });
  return {
    status: invoice.status ?? "draft",
    account,
    payable: isPayable(invoice),
    due: moneyText(invoice.amount_remaining, invoice.currency),
    pdf: invoice.invoice_pdf ?? null,
    receipts: charges,
    cards: read
      .by("payment_methods", "customer", invoice.customer)
      .reverse()
      .map(({ id, card }) => ({ id, brand: card?.brand ?? "card", last4: card?.last4 ?? "" })),
  };
}
