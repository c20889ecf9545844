import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import { bool, hash, oneOf, text } from "../../http/params";
import type { Invoice } from "../../tables";
import { type Resource, ref, route } from "../resource";
import { advance, fallDue, retry } from "./advance";
import { attachParams, attachPayment } from "./attach-payment";
import { planFirstAttempt } from "./dunning";
import { createInvoice, updateInvoice } from "./edit";
import { finalizeOrTell } from "./finalize-or-tell";
import { unassignItem } from "./items";
import { lineRoutes } from "./lines";
import { createParams, updateParams } from "./params";
import { payByCard, payOutOfBand, payParams } from "./pay";
import { confirmationSecretOf, linesOf, paymentsOf, presentInvoice } from "./present";
import { createPreview } from "./preview/routes";
import { markUncollectible } from "./uncollectible";
import { voidInvoice } from "./void";

const url = "/v1/invoices";

const create = route("POST", url, createParams, ({ tx, params }) =>
  tx.view("invoices", createInvoice(tx, params).id),
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("invoices", id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  updateInvoice(tx, id, params);
  return tx.view("invoices", id);
});

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  const invoice = tx.need("invoices", id);
  if (invoice.status !== "draft" || invoice.billing_reason !== "manual")
    throw invalid("You can only delete one-off draft invoices.", "invoice_not_editable");
  for (const item of tx.by("invoice_items", "invoice", id)) unassignItem(tx, item.id);
  for (const line of linesOf(tx, id)) tx.remove("invoice_lines", line.id);
  tx.unschedule(id);
  tx.emit("invoice.deleted", "invoices", id);
  tx.remove("invoices", id);
  return tx.put("tombstones", { id, object: "invoice", deleted: true });
});

const finalizeParams = hash({ auto_advance: bool });
const finalize = route("POST", `${url}/:/finalize`, finalizeParams, ({ tx, params, ids: [id] }) => {
  tx.need("invoices", id);
  finalizeOrTell(tx, id, params.auto_advance === undefined ? {} : { autoAdvance: params.auto_advance });
  planFirstAttempt(tx, id);
  return tx.view("invoices", id);
});

const pay = route("POST", `${url}/:/pay`, payParams, ({ tx, params, ids: [id] }) => {
  if (tx.need("invoices", id).status === "draft") finalizeOrTell(tx, id);
  const invoice = tx.need("invoices", id);
  if (invoice.status === "paid") throw invalid("Invoice is already paid", "invoice_already_paid");
  if (invoice.status === "void")
    throw invalid("This invoice is void and cannot be paid.", "status_transition_invalid");
  if (params.paid_out_of_band || params.forgive) payOutOfBand(tx, id);
  else payByCard(tx, invoice, params);
  return tx.view("invoices", id);
});

/** Without an email, as in Stripe's test mode: the event tells. */
const send = route("POST", `${url}/:/send`, hash({}), ({ tx, ids: [id] }) => {
  const { status, collection_method: method } = tx.need("invoices", id);
  if (method !== "send_invoice")
    throw invalid("Only invoices with collection_method=send_invoice can be sent.", undefined, "id");
  if (status === "void")
    throw invalid("This invoice is void and cannot be sent.", "status_transition_invalid");
  if (status === "draft") finalizeOrTell(tx, id);
  tx.emit("invoice.sent", "invoices", id);
  return tx.view("invoices", id);
});

const voidRoute = route("POST", `${url}/:/void`, hash({}), ({ tx, ids: [id] }) => {
  voidInvoice(tx, id);
  return tx.view("invoices", id);
});

const forgive = route("POST", `${url}/:/mark_uncollectible`, hash({}), ({ tx, ids: [id] }) => {
  markUncollectible(tx, id, "user_forgiven");
  return tx.view("invoices", id);
});

const attach = route("POST", `${url}/:/attach_payment`, attachParams, ({ tx, params, ids: [id] }) => {
  attachPayment(tx, id, params);
  return tx.view("invoices", id);
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

const own = [create, retrieve, update, remove, finalize, pay, send, voidRoute, forgive, attach, index];

export const invoices: Resource = {
  routes: [...own, createPreview, ...lineRoutes],
  presenters: { invoices: presentInvoice },
  timers: { "invoice.advance": advance, "invoice.retry": retry, "invoice.due": fallDue },
  expansions: {
    invoice: {
      customer: ref("customers"),
      default_payment_method: ref("payment_methods"),
      default_source: ref(),
      discounts: ref("discounts"),
      "total_discount_amounts.discount": ref("discounts"),
      latest_revision: ref("invoices"),
      "from_invoice.invoice": ref("invoices"),
      on_behalf_of: ref("accounts"),
      application: ref(),
      test_clock: ref("test_clocks"),
      "parent.subscription_details.subscription": ref("subscriptions"),
      confirmation_secret: { include: (read, owner) => confirmationSecretOf(read, String(owner.id)) },
      payments: { include: (read, owner) => paymentsOf(read, String(owner.id)) },
    },
    line_item: {
      subscription: ref("subscriptions"),
      discounts: ref("discounts"),
      "discount_amounts.discount": ref("discounts"),
      "pricing.price_details.price": ref("prices"),
    },
  },
};
