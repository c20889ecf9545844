import { invalid } from "../../http/errors";
import { created, cut, inRange, page, pageParams } from "../../http/lists";
import { bool, hash, mergeMetadata, oneOf, text } from "../../http/params";
import type { Invoice } from "../../tables";
import { type Resource, ref, route } from "../resource";
import { draftInvoice } from "./draft";
import { finalizeInvoice, notEditable } from "./finalize";
import { pendingItems, sweepItems } from "./items";
import { createParams, shared } from "./params";
import { advance, payByCard, payOutOfBand, payParams } from "./pay";
import { confirmationSecretOf, linesOf, paymentsOf, presentInvoice } from "./present";
import { voidInvoice } from "./void";

const url = "/v1/invoices";
const hourSeconds = 60 * 60;

const create = route("POST", url, createParams, ({ tx, params }) => {
  if (!params.customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const customer = tx.need("customers", params.customer, "customer");
  const sends = params.collection_method === "send_invoice";
  if (sends && params.days_until_due === undefined && params.due_date === undefined) {
    throw invalid("send_invoice needs days_until_due or due_date.", "parameter_missing", "days_until_due");
  }
  const invoice = draftInvoice(tx, {
    customer,
    currency: params.currency ?? customer.currency ?? "usd",
    billing_reason: "manual",
    auto_advance: params.auto_advance ?? false,
    automatically_finalizes_at: params.auto_advance ? tx.now + hourSeconds : null,
    collection_method: params.collection_method ?? "charge_automatically",
    default_payment_method: params.default_payment_method ?? null,
    description: params.description ?? null,
    footer: params.footer ?? null,
    due_date: params.due_date ?? (sends ? tx.now + (params.days_until_due ?? 0) * 24 * hourSeconds : null),
    metadata: mergeMetadata(null, params.metadata),
    statement_descriptor: params.statement_descriptor ?? null,
  });
  if (params.auto_advance) tx.schedule(hourSeconds * 1000, "invoice.advance", invoice.id);
  if (params.pending_invoice_items_behavior === "include")
    sweepItems(
      tx,
      invoice.id,
      pendingItems(tx, customer.id).filter((item) => item.currency === invoice.currency),
    );
  return tx.view("invoices", invoice.id);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("invoices", id));

const update = route("POST", `${url}/:`, hash(shared), ({ tx, params, ids: [id] }) => {
  const invoice = tx.need("invoices", id);
  const { metadata: pairs, auto_advance, default_payment_method: method, automatic_tax, ...onDraft } = params;
  if (invoice.status !== "draft" && Object.keys(onDraft).length > 0) throw notEditable(invoice);
  tx.patch("invoices", id, {
    ...(pairs !== undefined && { metadata: mergeMetadata(invoice.metadata, pairs) }),
    ...(auto_advance !== undefined && { auto_advance }),
    ...(method !== undefined && { default_payment_method: method }),
    ...(onDraft.description !== undefined && { description: onDraft.description }),
    ...(onDraft.footer !== undefined && { footer: onDraft.footer }),
    ...(onDraft.collection_method && { collection_method: onDraft.collection_method }),
    ...(onDraft.due_date !== undefined && { due_date: onDraft.due_date }),
    ...(onDraft.days_until_due !== undefined && {
      due_date: tx.now + onDraft.days_until_due * 24 * hourSeconds,
    }),
    ...(onDraft.statement_descriptor && { statement_descriptor: onDraft.statement_descriptor }),
  });
  tx.emit("invoice.updated", "invoices", id);
  return tx.view("invoices", id);
});

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  const invoice = tx.need("invoices", id);
  if (invoice.status !== "draft" || invoice.parent)
    throw invalid("You can only delete one-off draft invoices.", "invoice_not_editable");
  for (const line of linesOf(tx, id)) tx.remove("invoice_lines", line.id);
  for (const item of tx.by("invoice_items", "invoice", id))
    tx.patch("invoice_items", item.id, { invoice: null });
  tx.unschedule(id);
  tx.emit("invoice.deleted", "invoices", id);
  tx.remove("invoices", id);
  return tx.put("tombstones", { id, object: "invoice", deleted: true });
});

const finalize = route(
  "POST",
  `${url}/:/finalize`,
  hash({ auto_advance: bool }),
  ({ tx, params, ids: [id] }) => {
    tx.need("invoices", id);
    finalizeInvoice(tx, id, params.auto_advance === undefined ? {} : { autoAdvance: params.auto_advance });
    return tx.view("invoices", id);
  },
);

const pay = route("POST", `${url}/:/pay`, payParams, ({ tx, params, ids: [id] }) => {
  if (tx.need("invoices", id).status === "draft") finalizeInvoice(tx, id);
  const invoice = tx.need("invoices", id);
  if (invoice.status === "paid") throw invalid("Invoice is already paid", "invoice_already_paid");
  if (invoice.status === "void")
    throw invalid("This invoice is void and cannot be paid.", "status_transition_invalid");
  if (params.paid_out_of_band || params.forgive) payOutOfBand(tx, id);
  else payByCard(tx, invoice, params);
  return tx.view("invoices", id);
});

const voidRoute = route("POST", `${url}/:/void`, hash({}), ({ tx, ids: [id] }) => {
  voidInvoice(tx, id);
  return tx.view("invoices", id);
});

const forgive = route("POST", `${url}/:/mark_uncollectible`, hash({}), ({ tx, ids: [id] }) => {
  const invoice = tx.need("invoices", id);
  if (invoice.status !== "open")
    throw invalid(
      `Only an open invoice can be marked uncollectible; this one is ${invoice.status}.`,
      "status_transition_invalid",
    );
  tx.patch("invoices", id, {
    status: "uncollectible",
    status_details: { uncollectible: { reason: "user_forgiven" } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: tx.now },
  });
  tx.emit("invoice.marked_uncollectible", "invoices", id);
  return tx.view("invoices", id);
});

const lines = route("GET", `${url}/:/lines`, hash(pageParams), ({ tx, params, ids: [id] }) => {
  tx.need("invoices", id);
  return cut(
    `${url}/${id}/lines`,
    params,
    linesOf(tx, id),
    (line) => line,
    (line, param) => {
      tx.need("invoice_lines", line, param);
    },
  );
});

const listParams = hash({
  ...pageParams,
  collection_method: text,
  created,
  customer: text,
  customer_account: text,
  due_date: created,
  status: oneOf("draft", "open", "paid", "uncollectible", "void"),
  subscription: text,
});
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { customer, subscription } = params;
  const rows = subscription
    ? tx.by("invoices", "parent.subscription_details.subscription", subscription).reverse()
    : customer
      ? tx.by("invoices", "customer", customer).reverse()
      : undefined;
  const matches = (invoice: Invoice) =>
    (customer ?? invoice.customer) === invoice.customer &&
    (params.status ?? invoice.status) === invoice.status &&
    (params.collection_method ?? invoice.collection_method) === invoice.collection_method &&
    (params.due_date === undefined ||
      (invoice.due_date !== null && inRange(invoice.due_date, params.due_date))) &&
    inRange(invoice.created, params.created);
  return page(tx, "invoices", url, params, matches, rows);
});

export const invoices: Resource = {
  routes: [create, retrieve, update, remove, finalize, pay, voidRoute, forgive, lines, index],
  presenters: { invoices: presentInvoice },
  timers: { "invoice.advance": advance },
  expansions: {
    invoice: {
      customer: ref("customers"),
      default_payment_method: ref("payment_methods"),
      default_source: ref(),
      discounts: ref(),
      latest_revision: ref("invoices"),
      on_behalf_of: ref(),
      application: ref(),
      test_clock: ref(),
      "parent.subscription_details.subscription": ref("subscriptions"),
      confirmation_secret: { include: (read, owner) => confirmationSecretOf(read, String(owner.id)) },
      payments: { include: (read, owner) => paymentsOf(read, String(owner.id)) },
    },
    line_item: {
      subscription: ref("subscriptions"),
      discounts: ref(),
      "pricing.price_details.price": ref("prices"),
    },
  },
};
