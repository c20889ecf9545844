import { smallestCharge } from "../../engine/money";
import { invalid } from "../../http/errors";
import { newClientSecret, newPaymentId } from "../../ids";
import type { PaymentIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { applicationOf } from "../connect/application";

type Given = Pick<PaymentIntent, "amount" | "currency"> & Partial<PaymentIntent>;

const largestAmount = 99_999_999;

export function checkAmount(amount: number, currency: string): void {
  const least = smallestCharge(currency);
  if (amount < least) {
    throw invalid(
      `Amount must be at least ${least} in the smallest unit of ${currency}.`,
      "amount_too_small",
      "amount",
    );
  }
  if (amount > largestAmount)
    throw invalid(`Amount must be no more than ${largestAmount}.`, "amount_too_large", "amount");
}

export function newPaymentIntent(tx: Tx, given: Given): PaymentIntent {
  const id = newPaymentId("pi");
  tx.emit("payment_intent.created", "payment_intents", id);
  return tx.put("payment_intents", {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: applicationOf(tx),
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: newClientSecret(id),
    confirmation_method: "automatic",
    created: tx.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
    ...given,
  });
}
