import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Customer, Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { changeInvoiceTerms } from "../connect/subscription-terms";
import { redeemAll } from "../discounts/redeem";
import { parentFor } from "../subscriptions/item-line";
import { givenRates } from "../tax-rates";
import { draftInvoice, taxOf, totalUp } from "./draft";
import { notEditable } from "./finalize";
import { pendingItems, sweepItems } from "./items";
import type { CreateParams, UpdateParams } from "./params";
import { draftRevision } from "./revise";
import { renderingOf, shippingOf } from "./shown-extras";

const hourSeconds = 60 * 60;
const daySeconds = 24 * hourSeconds;
const longestWaitSeconds = 5 * 366 * daySeconds;

/** An invoice by hand, for what a customer is to pay outside the rhythm of a subscription. */
export function createInvoice(tx: Tx, given: CreateParams): Invoice {
  if (given.from_invoice) {
    const draft = draftRevision(tx, given);
    change(tx, draft, given);
    scheduleFinalization(tx, draft.id, given);
    return totalUp(tx, draft.id);
  }
  const { customer, subscription } = ownersOf(tx, given);
  const sends = given.collection_method === "send_invoice";
  if (sends && given.days_until_due === undefined && given.due_date === undefined)
    throw invalid("send_invoice needs days_until_due or due_date.", "parameter_missing", "days_until_due");
  const invoice = draftInvoice(tx, {
    customer,
    currency: given.currency ?? subscription?.currency ?? customer.currency ?? "usd",
    billing_reason: "manual",
    auto_advance: given.auto_advance ?? false,
    collection_method: given.collection_method ?? "charge_automatically",
    parent: subscription ? parentFor(subscription) : null,
    ...(given.discounts && { discounts: [] }),
  });
  change(tx, invoice, given);
  scheduleFinalization(tx, invoice.id, given);
  if (given.pending_invoice_items_behavior !== "include" && !subscription) return totalUp(tx, invoice.id);
  const pending = pendingItems(tx, customer.id, subscription?.id);
  return sweepItems(
    tx,
    invoice.id,
    pending.filter((item) => item.currency === invoice.currency),
  );
}

function ownersOf(tx: Tx, given: CreateParams) {
  const subscription = given.subscription
    ? tx.need("subscriptions", given.subscription, "subscription")
    : undefined;
  const id = given.customer ?? subscription?.customer;
  if (!id) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const customer: Customer = tx.need("customers", id, "customer");
  if (subscription && subscription.customer !== id)
    throw invalid("The subscription belongs to another customer.", undefined, "subscription");
  return { customer, subscription };
}

const always = new Set(["metadata", "auto_advance", "default_payment_method", "issuer"]);

export function updateInvoice(tx: Tx, id: string, given: UpdateParams): void {
  const invoice = tx.need("invoices", id);
  const onDraft = Object.keys(given).some((key) => !always.has(key));
  if (invoice.status !== "draft" && onDraft) throw notEditable(invoice);
  change(tx, invoice, given);
  if (invoice.status === "draft") {
    if (given.auto_advance !== undefined || given.automatically_finalizes_at !== undefined)
      scheduleFinalization(tx, id, given);
    totalUp(tx, id);
  }
  tx.emit("invoice.updated", "invoices", id);
}

function change(tx: Tx, invoice: Invoice, given: UpdateParams): void {
  const {
    days_until_due: days,
    due_date: due = days === undefined ? undefined : tx.now + days * daySeconds,
  } = given;
  const { id } = invoice;
  changeInvoiceTerms(tx, id, given);
  tx.patch("invoices", id, {
    ...(given.auto_advance !== undefined && { auto_advance: given.auto_advance }),
    ...(given.automatic_tax && { automatic_tax: taxOf(given.automatic_tax.enabled) }),
    ...(given.collection_method && { collection_method: given.collection_method }),
    ...(given.custom_fields !== undefined && { custom_fields: given.custom_fields }),
    ...(given.default_payment_method !== undefined && {
      default_payment_method: given.default_payment_method,
    }),
    ...(given.default_tax_rates && {
      default_tax_rates: givenRates(tx, given.default_tax_rates, "default_tax_rates"),
    }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.discounts && { discounts: redeemed(tx, invoice, given) }),
    ...(due !== undefined && { due_date: due }),
    ...(given.effective_at !== undefined && { effective_at: given.effective_at }),
    ...(given.footer !== undefined && { footer: given.footer }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(invoice.metadata, given.metadata) }),
    ...(given.payment_settings?.payment_method_types !== undefined && {
      payment_settings: {
        ...invoice.payment_settings,
        payment_method_types: given.payment_settings.payment_method_types,
      },
    }),
    ...(given.rendering && { rendering: renderingOf(invoice.rendering, given.rendering) }),
    ...(given.shipping_details !== undefined && { shipping_details: shippingOf(given.shipping_details) }),
    ...(given.number !== undefined && { number: given.number }),
    ...(given.statement_descriptor && { statement_descriptor: given.statement_descriptor }),
  });
}

function redeemed(tx: Tx, invoice: Invoice, given: UpdateParams): string[] {
  return redeemAll(tx, given.discounts ?? [], {
    customer: invoice.customer,
    currency: invoice.currency,
    amount: tx.by("invoice_lines", "invoice", invoice.id).reduce((sum, line) => sum + line.amount, 0),
    on: { invoice: invoice.id },
  });
}

/** An hour from now unless another moment is named; without auto_advance a draft waits for its author. */
function scheduleFinalization(tx: Tx, id: string, given: UpdateParams): void {
  const invoice = tx.need("invoices", id);
  const named = given.automatically_finalizes_at;
  if (named !== undefined && (named <= tx.now || named > tx.now + longestWaitSeconds)) {
    throw invalid(
      "automatically_finalizes_at must be in the future and within five years.",
      undefined,
      "automatically_finalizes_at",
    );
  }
  if (named !== undefined && !invoice.auto_advance)
    throw invalid("automatically_finalizes_at needs auto_advance.", undefined, "automatically_finalizes_at");
  const at = named ?? (invoice.auto_advance ? tx.now + hourSeconds : null);
  tx.unschedule(id, "invoice.advance");
  tx.patch("invoices", id, { automatically_finalizes_at: at });
  if (at !== null) tx.schedule((at - tx.now) * 1000, "invoice.advance", id);
}
