import { created, inRange, page, pageParams } from "../../http/lists";
import {
  anything,
  clearable,
  fullAddress,
  hash,
  mergeMetadata,
  metadata,
  shipping,
  text,
  unsupported,
} from "../../http/params";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { type Resource, ref, route } from "../resource";
import { bookCharge } from "./create";

/** The books follow the payment by a moment, as with asynchronous capture. */
function settle(tx: Tx, id: string): void {
  const charge = tx.get("charges", id);
  if (!charge?.captured || charge.balance_transaction) return;
  bookCharge(tx, id);
  tx.emit("charge.updated", "charges", id);
}

const url = "/v1/charges";
const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("charges", id));

const updateParams = hash({
  customer: unsupported,
  description: clearable(text),
  fraud_details: anything,
  metadata,
  receipt_email: clearable(text),
  shipping,
  transfer_group: unsupported,
});
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const charge = tx.need("charges", id);
  tx.patch("charges", id, {
    ...(params.description !== undefined && { description: params.description }),
    ...(params.receipt_email !== undefined && { receipt_email: params.receipt_email }),
    ...(params.shipping && {
      shipping: { ...params.shipping, address: fullAddress(params.shipping.address) },
    }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(charge.metadata, params.metadata) }),
  });
  tx.emit("charge.updated", "charges", id);
  return tx.view("charges", id);
});

const listParams = hash({
  ...pageParams,
  created,
  customer: text,
  payment_intent: text,
  transfer_group: text,
});
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { customer, payment_intent: intent } = params;
  const rows = intent
    ? tx.by("charges", "payment_intent", intent).reverse()
    : customer
      ? tx.by("charges", "customer", customer).reverse()
      : undefined;
  return page(
    tx,
    "charges",
    url,
    params,
    (charge) =>
      (customer ?? charge.customer) === charge.customer &&
      (params.transfer_group ?? charge.transfer_group) === charge.transfer_group &&
      inRange(charge.created, params.created),
    rows,
  );
});

export const charges: Resource = {
  routes: [retrieve, update, index],
  timers: { "charge.settle": settle },
  expansions: {
    charge: {
      balance_transaction: ref("balance_transactions"),
      failure_balance_transaction: ref(),
      customer: ref("customers"),
      payment_intent: ref("payment_intents"),
      application: ref(),
      application_fee: ref("application_fees"),
      on_behalf_of: ref("accounts"),
      review: ref(),
      source_transfer: ref(),
      transfer: ref("transfers"),
      "transfer_data.destination": ref("accounts"),
      refunds: {
        include: (read, owner) => {
          const refunds = read.by("refunds", "charge", owner.id).reverse();
          return wireList(`${url}/${owner.id}/refunds`, refunds.slice(0, 10), refunds.length > 10);
        },
      },
    },
  },
};
