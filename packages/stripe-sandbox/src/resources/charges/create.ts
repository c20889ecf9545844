import { behaviourOf } from "../../cards";
import type { Decline } from "../../engine/card-outcome";
import { newPaymentId } from "../../ids";
import type { Charge, PaymentIntent, PaymentMethod } from "../../tables";
import type { Tx } from "../../transaction";
import { recordCharge } from "../balance";
import { applicationOf } from "../connect/application";
import { chargeTerms } from "../connect/terms";
import { expectAftermath } from "../disputes/open";
import { checksOf } from "../payment-methods/attach";

interface Asked {
  decline?: Decline | undefined;
  authenticated: boolean;
  captured: boolean;
}

/** One per attempt; a declined one stays as the trace of it. */
export function newCharge(tx: Tx, intent: PaymentIntent, method: PaymentMethod, asked: Asked): Charge {
  const id = newPaymentId("ch", intent.id);
  const paid = !asked.decline;
  return tx.put("charges", {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: paid && asked.captured ? intent.amount : 0,
    amount_refunded: 0,
    application: applicationOf(tx),
    application_fee: null,
    balance_transaction: null,
    billing_details: { ...method.billing_details },
    calculated_statement_descriptor: tx.settings.account.name.toUpperCase().slice(0, 22),
    captured: paid && asked.captured,
    created: tx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: asked.decline?.code ?? null,
    failure_message: asked.decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    outcome: outcomeShown(tx, method, asked.decline),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: cardDetails(tx, intent, method, asked),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: paid ? `${tx.settings.url}/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: paid ? "succeeded" : "failed",
    ...chargeTerms(intent),
  });
}

const riskScores = { normal: 20, elevated: 65, highest: 90 };

function outcomeShown(
  tx: Tx,
  method: PaymentMethod,
  decline: Decline | undefined,
): NonNullable<Charge["outcome"]> {
  const { risk } = behaviourOf(tx.need("cards", method.id).behaviour);
  const shared = {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    risk_level: risk,
    risk_score: riskScores[risk],
  };
  if (!decline) {
    return {
      ...shared,
      network_status: "approved_by_network",
      reason: null,
      seller_message: "Payment complete.",
      type: "authorized",
    };
  }
  if (decline.blocked) {
    return {
      ...shared,
      network_status: "not_sent_to_network",
      reason: "highest_risk_level",
      seller_message: "Stripe blocked this payment as too risky.",
      type: "blocked",
    };
  }
  return {
    ...shared,
    network_status: "declined_by_network",
    network_decline_code: "05",
    reason: decline.declineCode ?? decline.code,
    seller_message: "The bank declined the payment.",
    type: "issuer_declined",
  };
}

function cardDetails(
  tx: Tx,
  intent: PaymentIntent,
  method: PaymentMethod,
  asked: Asked,
): Charge["payment_method_details"] {
  const { card } = method;
  if (!card) return { type: method.type };
  return {
    card: {
      amount_authorized: asked.decline ? null : intent.amount,
      authorization_code: asked.decline ? null : "123456",
      brand: card.brand,
      checks: checksOf(tx, method),
      country: card.country,
      electronic_commerce_indicator: asked.authenticated ? "05" : null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: asked.decline ? null : intent.id.slice(-12),
      regulated_status: card.regulated_status,
      three_d_secure: asked.authenticated
        ? {
            authentication_flow: "challenge",
            electronic_commerce_indicator: "05",
            exemption_indicator: null,
            result: "authenticated",
            result_reason: null,
            transaction_id: null,
            version: "2.2.0",
          }
        : null,
      transaction_link_id: null,
      wallet: null,
    },
    type: "card",
  };
}

export function bookCharge(tx: Tx, id: string): Charge {
  const charge = tx.need("charges", id);
  expectAftermath(tx, charge);
  return tx.patch("charges", id, { balance_transaction: recordCharge(tx, charge).id });
}
