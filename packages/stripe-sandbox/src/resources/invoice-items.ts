import { decimalText, fromDecimal, rational, round, times } from "../engine/money";
import { amountFor } from "../engine/price-amount";
import { invalid } from "../http/errors";
import { created, inRange, page, pageParams } from "../http/lists";
import {
  bool,
  clears,
  currency,
  decimal,
  hash,
  int,
  mergeMetadata,
  metadata,
  natural,
  text,
  unsupported,
} from "../http/params";
import type { InvoiceItem } from "../tables";
import type { Tx } from "../transaction";
import { totalUp } from "./invoices/draft";
import { notEditable } from "./invoices/finalize";
import { addItem, newInvoiceItem } from "./invoices/items";
import { priceIn } from "./prices/read";
import { type Resource, ref, route } from "./resource";
import { pricingOf, productName } from "./subscriptions/items";

const url = "/v1/invoiceitems";
const createParams = hash({
  amount: int,
  currency,
  customer: text,
  customer_account: unsupported,
  description: text,
  discountable: bool,
  discounts: clears("discounts"),
  invoice: text,
  metadata,
  period: hash({ start: int, end: int }, ["start", "end"]),
  price_data: unsupported,
  pricing: hash({ price: text }, ["price"]),
  quantity: natural,
  quantity_decimal: unsupported,
  subscription: unsupported,
  tax_behavior: unsupported,
  tax_code: unsupported,
  tax_rates: clears("tax_rates"),
  unit_amount_decimal: decimal,
});
type CreateParams = ReturnType<typeof createParams>;

function priced(
  tx: Tx,
  given: CreateParams,
  wanted: string,
): Pick<InvoiceItem, "amount" | "pricing" | "quantity"> & { name: string | null } {
  const quantity = given.quantity ?? 1;
  const ways = [given.amount, given.pricing, given.unit_amount_decimal].filter((way) => way !== undefined);
  if (ways.length !== 1)
    throw invalid(
      "Pass exactly one of amount, pricing[price] and unit_amount_decimal.",
      "parameters_exclusive",
      "amount",
    );
  if (given.pricing) {
    const price = priceIn(tx.need("prices", given.pricing.price, "pricing[price]"), wanted);
    if (!price.active)
      throw invalid(
        "The price specified is inactive. This field only accepts active prices.",
        "resource_missing",
        "pricing[price]",
      );
    if (price.recurring)
      throw invalid("Only one-time prices can be used for an invoice item.", undefined, "pricing[price]");
    return {
      amount: round(amountFor(price, quantity)),
      pricing: pricingOf(price),
      quantity,
      name: productName(tx, price),
    };
  }
  const unit = given.unit_amount_decimal
    ? fromDecimal(given.unit_amount_decimal)
    : rational(given.amount ?? 0);
  if (given.amount !== undefined && quantity !== 1)
    throw invalid("quantity cannot be combined with amount.", "parameters_exclusive", "quantity");
  return {
    amount: round(times(unit, rational(quantity))),
    pricing: { type: "price_details", unit_amount_decimal: decimalText(unit) },
    quantity,
    name: null,
  };
}

const create = route("POST", url, createParams, ({ tx, params }) => {
  const invoice = params.invoice ? tx.need("invoices", params.invoice, "invoice") : undefined;
  if (invoice && invoice.status !== "draft") throw notEditable(invoice);
  const customerId = params.customer ?? invoice?.customer;
  if (!customerId) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const customer = tx.need("customers", customerId, "customer");
  const wanted = params.currency ?? invoice?.currency ?? customer.currency ?? "usd";
  if (invoice && invoice.currency !== wanted)
    throw invalid(`The invoice is in ${invoice.currency}.`, undefined, "currency");
  const { name, ...price } = priced(tx, params, wanted);
  const item = newInvoiceItem(tx, {
    ...price,
    currency: wanted,
    customer: customer.id,
    description: params.description ?? name,
    discountable: params.discountable ?? price.amount >= 0,
    metadata: mergeMetadata(null, params.metadata),
    period: params.period ?? { start: tx.now, end: tx.now },
  });
  if (!customer.currency) tx.patch("customers", customer.id, { currency: wanted });
  if (invoice) {
    addItem(tx, invoice.id, item);
    totalUp(tx, invoice.id);
    tx.emit("invoice.updated", "invoices", invoice.id);
  }
  return tx.view("invoice_items", item.id);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.need("invoice_items", id));

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  const item = tx.need("invoice_items", id);
  const invoice = item.invoice ? tx.need("invoices", item.invoice) : undefined;
  if (invoice && invoice.status !== "draft") throw notEditable(invoice);
  tx.emit("invoiceitem.deleted", "invoice_items", id);
  tx.remove("invoice_items", id);
  for (const line of invoice ? tx.by("invoice_lines", "invoice", invoice.id) : []) {
    if (line.parent?.invoice_item_details?.invoice_item === id) tx.remove("invoice_lines", line.id);
  }
  if (invoice) {
    totalUp(tx, invoice.id);
    tx.emit("invoice.updated", "invoices", invoice.id);
  }
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
  routes: [create, retrieve, remove, index],
  expansions: {
    invoiceitem: {
      customer: ref("customers"),
      invoice: ref("invoices"),
      discounts: ref(),
      test_clock: ref(),
      "pricing.price_details.price": ref("prices"),
    },
  },
};
