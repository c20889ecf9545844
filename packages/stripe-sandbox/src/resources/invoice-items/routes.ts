import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import { bool, hash, text } from "../../http/params";
import type { InvoiceItem } from "../../tables";
import { notEditable } from "../invoices/finalize";
import { removeItem } from "../invoices/items";
import { type Resource, ref, route } from "../resource";
import { changeItem, createItem, draftOf, retotal } from "./change";
import { createParams, updateParams } from "./params";

const url = "/v1/invoiceitems";

const create = route("POST", url, createParams, ({ tx, params }) => {
  const invoice = params.invoice ? tx.need("invoices", params.invoice, "invoice") : undefined;
  const subscription = params.subscription
    ? tx.need("subscriptions", params.subscription, "subscription")
    : undefined;
  const customerId = params.customer ?? invoice?.customer ?? subscription?.customer;
  if (!customerId) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const customer = tx.need("customers", customerId, "customer");
  for (const owner of [invoice, subscription]) {
    if (owner && owner.customer !== customer.id)
      throw invalid(`${owner.id} belongs to another customer.`, undefined, owner.object);
  }
  const currency =
    params.currency ??
    params.price_data?.currency ??
    invoice?.currency ??
    subscription?.currency ??
    customer.currency ??
    "usd";
  if (invoice && invoice.currency !== currency)
    throw invalid(`The invoice is in ${invoice.currency}.`, undefined, "currency");
  if (invoice && invoice.status !== "draft") throw notEditable(invoice);
  const item = createItem(tx, params, { customer, currency, invoice, subscription });
  retotal(tx, invoice);
  return tx.view("invoice_items", item.id);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("invoice_items", id));

/** There is no event for a changed item; its invoice tells. */
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  changeItem(tx, id, params);
  retotal(tx, draftOf(tx, tx.need("invoice_items", id)));
  return tx.view("invoice_items", id);
});

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  const invoice = draftOf(tx, tx.need("invoice_items", id));
  removeItem(tx, id);
  retotal(tx, invoice);
  return { id, object: "invoiceitem", deleted: true };
});

const listParams = hash({
  ...pageParams,
  created,
  customer: text,
  customer_account: text,
  invoice: text,
  pending: bool,
});
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { customer, invoice } = params;
  const rows = invoice
    ? tx.by("invoice_items", "invoice", invoice).reverse()
    : customer
      ? tx.by("invoice_items", "customer", customer).reverse()
      : undefined;
  const matches = (item: InvoiceItem) =>
    (customer ?? item.customer) === item.customer &&
    (params.pending === undefined || params.pending === (item.invoice === null)) &&
    inRange(item.date, params.created);
  return page(tx, "invoice_items", url, params, matches, rows);
});

export const invoiceItems: Resource = {
  routes: [create, retrieve, update, remove, index],
  expansions: {
    invoiceitem: {
      customer: ref("customers"),
      invoice: ref("invoices"),
      discounts: ref("discounts"),
      test_clock: ref("test_clocks"),
      "pricing.price_details.price": ref("prices"),
    },
  },
};
