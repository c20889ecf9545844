import { behaviourOf } from "../../cards";
import { disputeDays } from "../../decisions/timing";
import type { Aftermath } from "../../engine/card-outcome";
import { newId } from "../../ids";
import type { Charge, Dispute } from "../../tables";
import type { Tx } from "../../transaction";
import { warnOfFraud } from "../early-fraud-warnings";
import { cancelDisputed } from "./cancel-disputed";
import { eligibilityOf } from "./compelling";
import { blankEvidence } from "./evidence";
import { withdraw } from "./money";

type Disputed = Extract<Aftermath, { kind: "dispute" }>;

const daySeconds = 24 * 60 * 60;
const { answer: responseDays, inquiry: inquiryDays } = disputeDays();

function aftermathOf(tx: Tx, charge: Charge): Aftermath | undefined {
  const card = tx.get("cards", charge.payment_method ?? "");
  return card ? behaviourOf(card.behaviour).aftermath : undefined;
}

/** Some cards pay and regret it a moment later. */
export function expectAftermath(tx: Tx, charge: Charge): void {
  if (aftermathOf(tx, charge)) tx.soon("charge.aftermath", charge.id);
}

export function bringAftermath(tx: Tx, chargeId: string): void {
  const charge = tx.get("charges", chargeId);
  const aftermath = charge && aftermathOf(tx, charge);
  if (!charge || !aftermath) return;
  if (aftermath.kind === "fraud_warning") {
    warnOfFraud(tx, charge);
    return;
  }
  const left = charge.amount_captured - charge.amount_refunded;
  for (const amount of shares(left, aftermath.disputes ?? 1)) openDispute(tx, charge, aftermath, amount);
}

/** Stripe does not say how several disputes share a charge; together they never exceed it. */
function shares(amount: number, count: number): number[] {
  const each = Math.floor(amount / count);
  return Array.from({ length: count }, (_, at) => (at === 0 ? amount - each * (count - 1) : each)).filter(
    (share) => share > 0,
  );
}

function openDispute(tx: Tx, charge: Charge, given: Disputed, amount: number): void {
  const inquiry = given.caseType === "inquiry";
  const { id } = tx.put("disputes", {
    id: newId("dp"),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: tx.now,
    currency: charge.currency,
    enhanced_eligibility_types: given.eligibleFor ? [given.eligibleFor] : [],
    evidence: blankEvidence(charge),
    evidence_details: {
      due_by: responseDue(tx),
      enhanced_eligibility: eligibility(given.eligibleFor),
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: given.smart ? "prefer_smart_disputes" : "manual",
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    network_reason_code: given.networkReasonCode,
    payment_intent: charge.payment_intent,
    payment_method_details: cardOf(charge, given),
    reason: given.reason,
    status: inquiry ? "warning_needs_response" : "needs_response",
  });
  tx.patch("charges", charge.id, { disputed: true });
  tx.emit("charge.dispute.created", "disputes", id);
  if (inquiry) tx.schedule(inquiryDays * daySeconds * 1000, "dispute.inquiry_ends", id);
  else becomeChargeback(tx, id);
  tellCharge(tx, charge.id);
}

/** Money leaves, and the time to answer runs. */
export function becomeChargeback(tx: Tx, id: string): void {
  withdraw(tx, id);
  tx.emit("charge.dispute.funds_withdrawn", "disputes", id);
  tx.schedule(responseDays * daySeconds * 1000, "dispute.due", id);
  if (tx.settings.cancelDisputed) cancelDisputed(tx, tx.need("disputes", id));
}

export function responseDue(tx: Tx): number {
  return tx.now + responseDays * daySeconds;
}

/** Whether Stripe sends this is not documented; the flag of the charge does change. */
function tellCharge(tx: Tx, charge: string): void {
  tx.emit("charge.updated", "charges", charge);
}

function cardOf(charge: Charge, given: Disputed): NonNullable<Dispute["payment_method_details"]> {
  const brand = charge.payment_method_details?.card?.brand ?? "visa";
  const { caseType, networkReasonCode } = given;
  return {
    card: { brand, case_type: caseType, network: brand, network_reason_code: networkReasonCode },
    type: "card",
  };
}

function eligibility(kind: Disputed["eligibleFor"]): Dispute["evidence_details"]["enhanced_eligibility"] {
  if (kind === "visa_compliance") return { visa_compliance: { status: "requires_fee_acknowledgement" } };
  if (kind === "mastercard_compliance")
    return { mastercard_compliance: { status: "requires_fee_acknowledgement" } };
  if (kind === undefined) return {};
  return { visa_compelling_evidence_3: eligibilityOf(undefined) };
}
