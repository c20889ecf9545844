import { behaviourOf } from "../../cards";
import { invalid } from "../../http/errors";
import {
  bool,
  currency,
  hash,
  int,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  unsupported,
} from "../../http/params";
import { newPaymentId } from "../../ids";
import type { Charge, Refund } from "../../tables";
import type { Tx } from "../../transaction";
import { bookCharge } from "../charges/create";
import { checkShared, takeAlong } from "../connect/take-along";
import { afterRefund, refuseDisputed } from "../disputes/refunded";
import { bookRefund, lacksFunds, lookForFundsLater } from "./funds";

export const createParams = hash({
  amount: int,
  charge: text,
  currency,
  customer: unsupported,
  instructions_email: text,
  metadata,
  origin: unsupported,
  payment_intent: text,
  reason: oneOf("duplicate", "fraudulent", "requested_by_customer"),
  refund_application_fee: bool,
  reverse_transfer: bool,
});
type CreateParams = ReturnType<typeof createParams>;

function chargeFor(tx: Tx, given: CreateParams): Charge {
  if (given.charge && given.payment_intent) {
    throw invalid(
      "You may only specify one of these parameters: charge, payment_intent.",
      "parameters_exclusive",
      "charge",
    );
  }
  if (given.charge) return tx.need("charges", given.charge, "charge");
  if (!given.payment_intent) {
    throw invalid(
      "One of the following params should be provided for this request: payment_intent or charge.",
      "parameter_missing",
      "charge",
    );
  }
  const intent = tx.need("payment_intents", given.payment_intent, "payment_intent");
  const charge = tx.get("charges", intent.latest_charge ?? "");
  if (charge?.paid) return charge;
  throw invalid(
    `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    "payment_intent_unexpected_state",
    "payment_intent",
  );
}

function amountFor(charge: Charge, given: CreateParams): number {
  const left = charge.amount_captured - charge.amount_refunded;
  if (!charge.paid || !charge.captured)
    throw invalid(
      `Charge ${charge.id} has not been captured; there is nothing to refund.`,
      undefined,
      "charge",
    );
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  const amount = given.amount ?? left;
  if (amount < 1)
    throw invalid("This value must be greater than or equal to 1.", "parameter_invalid_integer", "amount");
  if (amount > left) {
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      "amount_too_large",
      "amount",
    );
  }
  return amount;
}

export function createRefund(tx: Tx, given: CreateParams): Refund {
  const charge = chargeFor(tx, given);
  if (given.currency && given.currency !== charge.currency)
    throw invalid(`The currency of the charge is ${charge.currency}.`, undefined, "currency");
  checkShared(charge, given);
  refuseDisputed(tx, charge);
  const amount = amountFor(charge, given);
  const card = tx.get("cards", charge.payment_method ?? "");
  const how = card ? behaviourOf(card.behaviour).refund : "succeeds";
  const settled = settleFirst(tx, charge);
  const id = newPaymentId("re", charge.id);
  const waits = !given.reverse_transfer && lacksFunds(tx, charge.currency, amount);
  const reason = waits ? "insufficient_funds" : how === "pending" ? "processing" : undefined;
  const refund = tx.put("refunds", {
    id,
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: tx.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      type: "card",
    },
    metadata: mergeMetadata(null, given.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(reason && { pending_reason: reason }),
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: reason ? "pending" : "succeeded",
    transfer_reversal: null,
  });
  const refunded = settled.amount_refunded + amount;
  tx.patch("charges", charge.id, {
    amount_refunded: refunded,
    refunded: refunded === charge.amount_captured,
  });
  tx.emit("refund.created", "refunds", id);
  if (waits) {
    lookForFundsLater(tx, id);
    return tx.need("refunds", id);
  }
  bookRefund(tx, id);
  tx.emit("charge.refunded", "charges", charge.id);
  takeAlong(tx, refund, given);
  afterRefund(tx, charge.id);
  tx.soon(how === "fails" ? "refund.fail" : "refund.settle", id);
  return tx.need("refunds", id);
}

/** Money cannot leave before it was booked. */
function settleFirst(tx: Tx, charge: Charge): Charge {
  if (charge.balance_transaction) return charge;
  tx.unschedule(charge.id, "charge.settle");
  tx.emit("charge.updated", "charges", charge.id);
  return bookCharge(tx, charge.id);
}
