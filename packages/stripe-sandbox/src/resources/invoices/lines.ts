import { invalid } from "../../http/errors";
import { cut, pageParams } from "../../http/lists";
import { hash, list, mergeMetadata, metadata, oneOf, text } from "../../http/params";
import type { Invoice, InvoiceLine } from "../../tables";
import type { Tx } from "../../transaction";
import { redeemAll } from "../discounts/redeem";
import { changeItem, createItem, retotal } from "../invoice-items/change";
import { type LineFields, lineFields } from "../invoice-items/params";
import { route } from "../resource";
import { givenRates } from "../tax-rates";
import { notEditable } from "./finalize";
import { itemOfLine } from "./item-of-line";
import { addItem, removeItem, unassignItem } from "./items";
import { linesOf } from "./present";

const url = "/v1/invoices/:";

function editable(tx: Tx, id: string, pairs: Parameters<typeof mergeMetadata>[1]): Invoice {
  const invoice = tx.need("invoices", id);
  if (invoice.status !== "draft") throw notEditable(invoice);
  if (pairs !== undefined) tx.patch("invoices", id, { metadata: mergeMetadata(invoice.metadata, pairs) });
  return invoice;
}

const addParams = hash(
  { invoice_metadata: metadata, lines: list(hash({ ...lineFields, invoice_item: text })) },
  ["lines"],
);
const add = route("POST", `${url}/add_lines`, addParams, ({ tx, params, ids: [id] }) => {
  const invoice = editable(tx, id, params.invoice_metadata);
  const customer = tx.need("customers", invoice.customer ?? "");
  params.lines.forEach(({ invoice_item: named, ...given }, at) => {
    if (!named) {
      createItem(tx, given, { customer, currency: invoice.currency, invoice });
      return;
    }
    const item = tx.need("invoice_items", named, `lines[${at}][invoice_item]`);
    if (item.invoice !== null || item.customer !== customer.id || item.currency !== invoice.currency)
      throw invalid(`The invoice item ${named} cannot be put on this invoice.`, undefined, `lines[${at}]`);
    addItem(tx, id, item);
    if (Object.keys(given).length > 0) changeItem(tx, named, given);
  });
  retotal(tx, invoice);
  return tx.view("invoices", id);
});

const updateParams = hash(
  { invoice_metadata: metadata, lines: list(hash({ ...lineFields, id: text }, ["id"])) },
  ["lines"],
);
const update = route("POST", `${url}/update_lines`, updateParams, ({ tx, params, ids: [id] }) => {
  const invoice = editable(tx, id, params.invoice_metadata);
  params.lines.forEach(({ id: line, ...given }, at) => {
    changeLine(tx, lineOn(tx, id, line, `lines[${at}][id]`), given);
  });
  retotal(tx, invoice);
  return tx.view("invoices", id);
});

const updateOne = route(
  "POST",
  `${url}/lines/:`,
  hash(lineFields),
  ({ tx, params, ids: [id, line = ""] }) => {
    const invoice = editable(tx, id, undefined);
    changeLine(tx, lineOn(tx, id, line, "id"), params);
    retotal(tx, invoice);
    return tx.need("invoice_lines", line);
  },
);

const removeParams = hash(
  {
    invoice_metadata: metadata,
    lines: list(hash({ behavior: oneOf("delete", "unassign"), id: text }, ["behavior", "id"])),
  },
  ["lines"],
);
const remove = route("POST", `${url}/remove_lines`, removeParams, ({ tx, params, ids: [id] }) => {
  const invoice = editable(tx, id, params.invoice_metadata);
  params.lines.forEach(({ behavior, id: line }, at) => {
    const item = itemOfLine(lineOn(tx, id, line, `lines[${at}][id]`));
    if (item && behavior === "delete") removeItem(tx, item);
    else if (item) unassignItem(tx, item);
    else if (behavior === "delete") tx.remove("invoice_lines", line);
    else throw invalid("Only a line of an invoice item can be unassigned.", undefined, `lines[${at}]`);
  });
  retotal(tx, invoice);
  return tx.view("invoices", id);
});

function lineOn(tx: Tx, invoice: string, id: string, param: string): InvoiceLine {
  const line = tx.need("invoice_lines", id, param);
  if (line.invoice === invoice) return line;
  throw invalid(`No such line item: '${id}'`, "resource_missing", param);
}

/** A line of an invoice item changes with its item; a line of a subscription changes alone. */
function changeLine(tx: Tx, line: InvoiceLine, given: LineFields): void {
  const item = itemOfLine(line);
  if (item) {
    changeItem(tx, item, given);
    return;
  }
  const repriced = ["pricing", "price_data", "quantity", "quantity_decimal"].find((key) => key in given);
  if (repriced) throw invalid("Change the subscription item instead.", undefined, repriced);
  const { amount, tax_rates: rates, discounts } = given;
  tx.patch("invoice_lines", line.id, {
    ...(amount !== undefined && { amount, subtotal: amount }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.discountable !== undefined && { discountable: given.discountable }),
    ...(given.period && { period: given.period }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(line.metadata, given.metadata) }),
    ...(discounts && { discounts: redeemAll(tx, discounts, redemptionOf(tx, line)) }),
  });
  if (rates) {
    givenRates(tx, rates, "tax_rates");
    tx.put("line_rates", { id: line.id, rates });
  }
}

function redemptionOf(tx: Tx, line: InvoiceLine) {
  const { customer } = tx.need("invoices", line.invoice ?? "");
  return { customer, currency: line.currency, amount: line.amount, on: { invoice: line.invoice } };
}

const index = route("GET", `${url}/lines`, hash(pageParams), ({ tx, params, ids: [id] }) => {
  tx.need("invoices", id);
  return cut(
    `/v1/invoices/${id}/lines`,
    params,
    linesOf(tx, id),
    (line) => line,
    (line, param) => {
      tx.need("invoice_lines", line, param);
    },
  );
});

export const lineRoutes = [add, update, updateOne, remove, index];
