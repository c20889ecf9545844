import { newId } from "../../ids";
import type { ApplicationFee } from "../../tables";
import type { Tx } from "../../transaction";
import { recordEntry } from "../balance";

interface Given {
  account: string;
  amount: number;
  currency: string;
  /** The payment in the account it is taken from. */
  charge: string;
  /** The charge of the platform that led to that payment. */
  originating: string | null;
}

export function takeFee(tx: Tx, given: Given): ApplicationFee {
  const id = newId("fee");
  const entry = recordEntry(tx, {
    amount: given.amount,
    currency: given.currency,
    source: id,
    type: "application_fee",
    description: null,
  });
  tx.emit("application_fee.created", "application_fees", id);
  return tx.put("application_fees", {
    id,
    object: "application_fee",
    account: given.account,
    amount: given.amount,
    amount_refunded: 0,
    application: "ca_FareboxSandbox",
    balance_transaction: entry.id,
    charge: given.charge,
    created: tx.now,
    currency: given.currency,
    fee_source: { charge: given.charge, type: "charge" },
    livemode: false,
    originating_transaction: given.originating,
    refunded: false,
  });
}
