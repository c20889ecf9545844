import type { Metadata } from "../../http/params";
import { newId } from "../../ids";
import type { Charge, Transfer } from "../../tables";
import type { Tx } from "../../transaction";
import { recordEntry } from "../balance";
import { applicationOf } from "../connect/application";

interface Given {
  amount: number;
  currency: string;
  destination: string;
  sourceTransaction: string | null;
  group: string | null;
  description?: string | null;
  metadata?: Metadata;
  /** What the platform keeps of the payment that arrives. */
  fee?: number;
}

/** Out of the platform's balance into that of the account, where it arrives as a payment. */
export function makeTransfer(tx: Tx, given: Given): Transfer {
  const id = newId("tr");
  const { amount, currency, destination, sourceTransaction } = given;
  const source = sourceTransaction ? tx.need("charges", sourceTransaction) : undefined;
  const waits = source ? availableWith(tx, source) : tx.now;
  const entry = recordEntry(tx, {
    amount: -amount,
    currency,
    source: id,
    type: "transfer",
    description: given.description ?? null,
    availableOn: waits,
  });
  const seconds = waits - tx.now;
  const payment = tx.within(destination, () =>
    receive(tx, { ...given, transfer: id, waits: tx.now + seconds }),
  );
  tx.emit("transfer.created", "transfers", id);
  return tx.put("transfers", {
    id,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: entry.id,
    created: tx.now,
    currency,
    description: given.description ?? null,
    destination,
    destination_payment: payment.id,
    livemode: false,
    metadata: given.metadata ?? {},
    reversed: false,
    source_transaction: sourceTransaction,
    source_type: "card",
    transfer_group: given.group,
  });
}

/** Money that is passed on arrives when the charge's own does. */
function availableWith(tx: Tx, charge: Charge): number {
  const entry = tx.get("balance_transactions", charge.balance_transaction ?? "");
  return entry?.available_on ?? tx.now + 2 * 24 * 60 * 60;
}

function receive(tx: Tx, given: Given & { transfer: string; waits: number }): Charge {
  const { amount, currency, fee = 0 } = given;
  const id = newId("py");
  const entry = recordEntry(tx, {
    amount,
    currency,
    applicationFee: fee,
    source: id,
    type: "payment",
    description: given.description ?? null,
    availableOn: given.waits,
  });
  return tx.put("charges", {
    ...blankPayment,
    id,
    amount,
    amount_captured: amount,
    application: applicationOf(tx),
    application_fee_amount: fee || null,
    balance_transaction: entry.id,
    created: tx.now,
    currency,
    description: given.description ?? null,
    source_transfer: given.transfer,
    transfer_group: given.group,
  });
}

/** Stripe tells accounts of it under a name outside the typed catalogue, so no event is sent. */
const blankPayment = {
  object: "charge",
  amount_refunded: 0,
  application_fee: null,
  billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
  calculated_statement_descriptor: null,
  captured: true,
  customer: null,
  disputed: false,
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  fraud_details: {},
  livemode: false,
  metadata: {},
  on_behalf_of: null,
  outcome: null,
  paid: true,
  payment_intent: null,
  payment_method: null,
  payment_method_details: { stripe_account: {}, type: "stripe_account" },
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: "succeeded",
  transfer_data: null,
} satisfies Partial<Charge>;
