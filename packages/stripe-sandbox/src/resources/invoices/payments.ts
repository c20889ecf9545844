import { created, inRange, page, pageParams } from "../../http/lists";
import { hash, oneOf, text } from "../../http/params";
import type { InvoicePayment } from "../../tables";
import { type Resource, ref, route } from "../resource";

const url = "/v1/invoice_payments";
const payment = hash(
  { type: oneOf("payment_intent", "payment_record"), payment_intent: text, payment_record: text },
  ["type"],
);
const listParams = hash({
  ...pageParams,
  created,
  invoice: text,
  payment,
  status: oneOf("canceled", "open", "paid"),
});

const index = route("GET", url, listParams, ({ tx, params }) => {
  const intent = params.payment?.payment_intent;
  const rows = intent
    ? tx.by("invoice_payments", "payment.payment_intent", intent).reverse()
    : params.invoice
      ? tx.by("invoice_payments", "invoice", params.invoice).reverse()
      : undefined;
  const matches = (row: InvoicePayment) =>
    (params.invoice ?? row.invoice) === row.invoice &&
    (params.payment?.type ?? row.payment.type) === row.payment.type &&
    (params.status ?? row.status) === row.status &&
    inRange(row.created, params.created);
  return page(tx, "invoice_payments", url, params, matches, rows);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.need("invoice_payments", id));

export const invoicePayments: Resource = {
  routes: [index, retrieve],
  timers: {
    "invoice_payment.paid": (tx, id) => {
      if (tx.get("invoice_payments", id)?.status === "paid")
        tx.emit("invoice_payment.paid", "invoice_payments", id);
    },
  },
  expansions: {
    invoice_payment: {
      invoice: ref("invoices"),
      "payment.payment_intent": ref("payment_intents"),
      "payment.charge": ref("charges"),
    },
  },
};
