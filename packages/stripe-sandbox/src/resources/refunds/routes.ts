import { created, inRange, page, pageParams } from "../../http/lists";
import { hash, mergeMetadata, metadata, text } from "../../http/params";
import { type Resource, ref, route } from "../resource";
import { createParams, createRefund } from "./create";
import { fund } from "./funds";
import { fail, settle, stopWaiting } from "./settle";

const url = "/v1/refunds";

const create = route("POST", url, createParams, ({ tx, params }) =>
  tx.view("refunds", createRefund(tx, params).id),
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.need("refunds", id));

const update = route("POST", `${url}/:`, hash({ metadata }), ({ tx, params, ids: [id] }) => {
  const refund = tx.need("refunds", id);
  tx.patch("refunds", id, {
    metadata: mergeMetadata(refund.metadata, params.metadata === undefined ? {} : params.metadata),
  });
  tx.emit("refund.updated", "refunds", id);
  tx.emit("charge.refund.updated", "refunds", id);
  return tx.view("refunds", id);
});

const cancel = route("POST", `${url}/:/cancel`, hash({}), ({ tx, ids: [id] }) => {
  stopWaiting(tx, id, "canceled");
  return tx.view("refunds", id);
});

const expire = route("POST", "/v1/test_helpers/refunds/:/expire", hash({}), ({ tx, ids: [id] }) => {
  stopWaiting(tx, id, "failed");
  return tx.view("refunds", id);
});

const listParams = hash({ ...pageParams, charge: text, created, payment_intent: text });
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { charge, payment_intent: intent } = params;
  const rows = charge
    ? tx.by("refunds", "charge", charge).reverse()
    : intent
      ? tx.by("refunds", "payment_intent", intent).reverse()
      : undefined;
  return page(
    tx,
    "refunds",
    url,
    params,
    (row) => (intent ?? row.payment_intent) === row.payment_intent && inRange(row.created, params.created),
    rows,
  );
});

export const refunds: Resource = {
  routes: [create, retrieve, update, cancel, expire, index],
  timers: { "refund.settle": settle, "refund.fail": fail, "refund.fund": fund },
  expansions: {
    refund: {
      balance_transaction: ref("balance_transactions"),
      failure_balance_transaction: ref("balance_transactions"),
      charge: ref("charges"),
      customer: ref("customers"),
      payment_intent: ref("payment_intents"),
      payment_method: ref("payment_methods"),
      source_transfer_reversal: ref(),
      transfer_reversal: ref("transfer_reversals"),
    },
  },
};
