import { missing } from "../../http/errors";
import { created, cut, inRange, page, pageParams } from "../../http/lists";
import { hash, int, mergeMetadata, metadata, text } from "../../http/params";
import type { ApplicationFee, FeeRefund } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { wireList } from "../../wire";
import { type Resource, ref, route } from "../resource";
import { refundFee } from "./refund";

const url = "/v1/application_fees";

function refundsOf(read: Read, fee: string): FeeRefund[] {
  return read.by("fee_refunds", "fee", fee).reverse();
}

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("application_fees", id));

const listParams = hash({ ...pageParams, charge: text, created });
const index = route("GET", url, listParams, ({ tx, params }) =>
  page(
    tx,
    "application_fees",
    url,
    params,
    (fee) =>
      (!params.charge || [fee.charge, fee.originating_transaction].includes(params.charge)) &&
      inRange(fee.created, params.created),
  ),
);

const refund = route(
  "POST",
  `${url}/:/refunds`,
  hash({ amount: int, metadata }),
  ({ tx, params, ids: [id] }) => refundFee(tx, id, params),
);

function needRefund(tx: Tx, fee: string, id: string): FeeRefund {
  tx.need("application_fees", fee);
  const found = tx.get("fee_refunds", id);
  if (found?.fee === fee) return found;
  throw missing("fee_refund", id, "id", 404);
}

const retrieveRefund = route("GET", `${url}/:/refunds/:`, hash({}), ({ tx, ids: [id, refundId = ""] }) =>
  needRefund(tx, id, refundId),
);

const updateRefund = route(
  "POST",
  `${url}/:/refunds/:`,
  hash({ metadata }),
  ({ tx, params, ids: [id, refundId = ""] }) => {
    const found = needRefund(tx, id, refundId);
    if (params.metadata === undefined) return found;
    tx.emit("application_fee.refund.updated", "fee_refunds", refundId);
    return tx.patch("fee_refunds", refundId, { metadata: mergeMetadata(found.metadata, params.metadata) });
  },
);

const refunds = route("GET", `${url}/:/refunds`, hash(pageParams), ({ tx, params, ids: [id] }) => {
  tx.need("application_fees", id);
  return cut(
    `${url}/${id}/refunds`,
    params,
    refundsOf(tx, id),
    (row) => row,
    (cursor) => {
      needRefund(tx, id, cursor);
    },
  );
});

export const applicationFees: Resource = {
  routes: [retrieve, index, refund, retrieveRefund, updateRefund, refunds],
  presenters: {
    application_fees(read, row) {
      const fee = row as ApplicationFee;
      const found = refundsOf(read, fee.id);
      return { ...fee, refunds: wireList(`${url}/${fee.id}/refunds`, found.slice(0, 10), found.length > 10) };
    },
  },
  expansions: {
    application_fee: {
      account: ref("accounts"),
      application: ref(),
      balance_transaction: ref("balance_transactions"),
      charge: ref(),
      originating_transaction: ref("charges"),
    },
    fee_refund: { balance_transaction: ref("balance_transactions"), fee: ref("application_fees") },
  },
};
