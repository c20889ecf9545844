import { invalid, missing } from "../../http/errors";
import { created, cut, inRange, page, pageParams } from "../../http/lists";
import {
  bool,
  clearable,
  currency,
  hash,
  int,
  mergeMetadata,
  metadata,
  oneOf,
  text,
} from "../../http/params";
import type { Charge, Transfer, TransferReversal } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { wireList } from "../../wire";
import { availableIn } from "../balance";
import { needReceiver } from "../connect/application";
import { type Resource, ref, route } from "../resource";
import { makeTransfer } from "./make";
import { reverseTransfer } from "./reverse";

const url = "/v1/transfers";

const createParams = hash(
  {
    amount: int,
    currency,
    description: text,
    destination: text,
    metadata,
    source_transaction: text,
    source_type: oneOf("card"),
    transfer_group: text,
  },
  ["currency", "destination"],
);

const create = route("POST", url, createParams, ({ tx, params }) => {
  const { source_transaction: sourceId, destination } = params;
  needReceiver(tx, destination, "destination");
  const source = sourceId ? tx.need("charges", sourceId, "source_transaction") : undefined;
  const amount = params.amount ?? source?.amount_captured;
  if (amount === undefined) throw invalid("Missing required param: amount.", "parameter_missing", "amount");
  if (amount < 1)
    throw invalid("This value must be greater than or equal to 1.", "parameter_invalid_integer", "amount");
  if (source) checkSource(tx, source, amount, params.currency);
  else checkFunds(tx, amount, params.currency);
  const transfer = makeTransfer(tx, {
    amount,
    currency: params.currency,
    destination,
    sourceTransaction: source?.id ?? null,
    group: params.transfer_group ?? groupOf(tx, source),
    description: params.description ?? null,
    metadata: mergeMetadata(null, params.metadata),
  });
  return tx.view("transfers", transfer.id);
});

/** A charge can be passed on in parts, but not twice. */
function checkSource(tx: Tx, charge: Charge, amount: number, code: string): void {
  if (charge.currency !== code) {
    throw invalid(
      `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${code}).`,
      "transfer_source_balance_parameters_mismatch",
      "currency",
    );
  }
  if (!charge.captured || charge.status !== "succeeded")
    throw invalid(`The charge ${charge.id} has no money to pass on.`, undefined, "source_transaction");
  const passed = tx
    .by("transfers", "source_transaction", charge.id)
    .reduce((sum, transfer) => sum + transfer.amount, 0);
  const left = charge.amount_captured - passed;
  if (amount <= left) return;
  throw invalid(
    `Transfers using this transaction as a source must not exceed its amount of ${charge.amount_captured}; ${left} is left.`,
    "amount_too_large",
    "amount",
  );
}

function groupOf(tx: Tx, charge: Charge | undefined): string | null {
  if (!charge) return null;
  if (charge.transfer_group) return charge.transfer_group;
  const group = `group_${charge.payment_intent ?? charge.id}`;
  tx.patch("charges", charge.id, { transfer_group: group });
  return group;
}

function checkFunds(tx: Tx, amount: number, code: string): void {
  if (availableIn(tx, code) >= amount) return;
  throw invalid(
    "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card.",
    "balance_insufficient",
  );
}

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("transfers", id));

const update = route(
  "POST",
  `${url}/:`,
  hash({ description: clearable(text), metadata }),
  ({ tx, params, ids: [id] }) => {
    const transfer = tx.need("transfers", id);
    tx.patch("transfers", id, {
      ...(params.description !== undefined && { description: params.description }),
      ...(params.metadata !== undefined && { metadata: mergeMetadata(transfer.metadata, params.metadata) }),
    });
    tx.emit("transfer.updated", "transfers", id);
    return tx.view("transfers", id);
  },
);

const listParams = hash({ ...pageParams, created, destination: text, transfer_group: text });
const index = route("GET", url, listParams, ({ tx, params }) =>
  page(
    tx,
    "transfers",
    url,
    params,
    (row) =>
      (params.destination ?? row.destination) === row.destination &&
      (params.transfer_group ?? row.transfer_group) === row.transfer_group &&
      inRange(row.created, params.created),
  ),
);

const reversalParams = hash({ amount: int, description: text, metadata, refund_application_fee: bool });
const reverse = route("POST", `${url}/:/reversals`, reversalParams, ({ tx, params, ids: [id] }) =>
  reverseTransfer(tx, id, params),
);

function needReversal(tx: Tx, transfer: string, id: string): TransferReversal {
  tx.need("transfers", transfer);
  const found = tx.get("transfer_reversals", id);
  if (found?.transfer === transfer) return found;
  throw missing("transfer_reversal", id, "id", 404);
}

const retrieveReversal = route("GET", `${url}/:/reversals/:`, hash({}), ({ tx, ids: [id, reversal = ""] }) =>
  needReversal(tx, id, reversal),
);

const updateReversal = route(
  "POST",
  `${url}/:/reversals/:`,
  hash({ metadata }),
  ({ tx, params, ids: [id, reversal = ""] }) => {
    const found = needReversal(tx, id, reversal);
    if (params.metadata === undefined) return found;
    return tx.patch("transfer_reversals", reversal, {
      metadata: mergeMetadata(found.metadata, params.metadata),
    });
  },
);

function reversalsOf(read: Read, transfer: string): TransferReversal[] {
  return read.by("transfer_reversals", "transfer", transfer).reverse();
}

const reversals = route("GET", `${url}/:/reversals`, hash(pageParams), ({ tx, params, ids: [id] }) => {
  tx.need("transfers", id);
  return cut(
    `${url}/${id}/reversals`,
    params,
    reversalsOf(tx, id),
    (row) => row,
    (cursor) => {
      needReversal(tx, id, cursor);
    },
  );
});

export const transfers: Resource = {
  routes: [create, retrieve, update, index, reverse, retrieveReversal, updateReversal, reversals],
  presenters: {
    transfers(read, row) {
      const transfer = row as Transfer;
      const found = reversalsOf(read, transfer.id);
      const address = `${url}/${transfer.id}/reversals`;
      return { ...transfer, reversals: wireList(address, found.slice(0, 10), found.length > 10) };
    },
  },
  expansions: {
    transfer: {
      balance_transaction: ref("balance_transactions"),
      destination: ref("accounts"),
      destination_payment: ref(),
      source_transaction: ref("charges"),
    },
    transfer_reversal: {
      balance_transaction: ref("balance_transactions"),
      destination_payment_refund: ref(),
      source_refund: ref("refunds"),
      transfer: ref("transfers"),
    },
  },
};
