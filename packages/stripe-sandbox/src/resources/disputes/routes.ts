import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import { hash, text } from "../../http/params";
import type { Dispute } from "../../tables";
import type { Presenter } from "../../transaction";
import { presentEntry } from "../balance";
import { type Resource, ref, route } from "../resource";
import { fileFields } from "./evidence";
import { bringAftermath } from "./open";
import { decide, endInquiry, finish, passDueDate } from "./outcome";
import { updateDispute, updateParams } from "./update";

const url = "/v1/disputes";

const present: Presenter = (read, row) => {
  const dispute = row as Dispute;
  const entries = dispute.balance_transactions.flatMap((id) => read.get("balance_transactions", id) ?? []);
  return { ...dispute, balance_transactions: entries.map((entry) => presentEntry(entry, read.now)) };
};

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("disputes", id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  updateDispute(tx, id, params);
  return tx.view("disputes", id);
});

const close = route("POST", `${url}/:/close`, hash({}), ({ tx, ids: [id] }) => {
  const { status } = tx.need("disputes", id);
  if (status !== "needs_response") {
    throw invalid(
      `Only a dispute that needs a response can be accepted; this one is ${status}.`,
      "status_transition_invalid",
    );
  }
  finish(tx, id, "lost");
  return tx.view("disputes", id);
});

const listParams = hash({ ...pageParams, charge: text, created, payment_intent: text });
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { charge, payment_intent: intent } = params;
  const rows = charge
    ? tx.by("disputes", "charge", charge).reverse()
    : intent
      ? tx.by("disputes", "payment_intent", intent).reverse()
      : undefined;
  const matches = (row: Dispute) =>
    (intent ?? row.payment_intent) === row.payment_intent && inRange(row.created, params.created);
  return page(tx, "disputes", url, params, matches, rows);
});

export const disputes: Resource = {
  routes: [retrieve, update, close, index],
  presenters: { disputes: present },
  timers: {
    "charge.aftermath": bringAftermath,
    "dispute.decide": decide,
    "dispute.due": passDueDate,
    "dispute.inquiry_ends": endInquiry,
  },
  expansions: {
    dispute: {
      charge: ref("charges"),
      payment_intent: ref("payment_intents"),
      ...Object.fromEntries(fileFields.map((field) => [`evidence.${field}`, ref("files")])),
    },
  },
};
