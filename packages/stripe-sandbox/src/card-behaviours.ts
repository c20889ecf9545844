import type { CardBehaviour, Decline } from "./engine/card-outcome";

const normal: CardBehaviour = {
  authentication: "none",
  refund: "succeeds",
  risk: "normal",
  cvcCheck: "pass",
  addressCheck: "none",
  settlesAtOnce: false,
};

function declined(declineCode: string, message = "Your card was declined."): Decline {
  return { code: "card_declined", declineCode, message };
}

const insufficientFunds = declined("insufficient_funds", "Your card has insufficient funds.");
const generic = declined("generic_decline");

const fraudulent = {
  kind: "dispute",
  reason: "fraudulent",
  networkReasonCode: "10.4",
  caseType: "chargeback",
} as const;
const noncompliant = {
  kind: "dispute",
  reason: "noncompliant",
  networkReasonCode: "pre-compliance",
  caseType: "compliance",
} as const;

export const behaviours = {
  succeeds: normal,
  settles_at_once: { ...normal, settlesAtOnce: true },
  declined: { ...normal, decline: generic },
  insufficient_funds: { ...normal, decline: insufficientFunds },
  lost_card: { ...normal, decline: declined("lost_card") },
  stolen_card: { ...normal, decline: declined("stolen_card") },
  velocity_exceeded: {
    ...normal,
    decline: declined(
      "card_velocity_exceeded",
      "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    ),
  },
  expired: { ...normal, decline: { code: "expired_card", message: "Your card has expired." } },
  incorrect_cvc: {
    ...normal,
    cvcCheck: "fail",
    decline: { code: "incorrect_cvc", message: "Your card's security code is incorrect." },
  },
  processing_error: {
    ...normal,
    decline: {
      code: "processing_error",
      message: "An error occurred while processing your card. Try again in a little bit.",
    },
  },
  incorrect_number: {
    ...normal,
    decline: { code: "incorrect_number", message: "Your card number is incorrect." },
  },
  declined_when_charged: { ...normal, decline: generic, declineOnlyCharges: true },
  blocked: { ...normal, risk: "highest", decline: { ...declined("fraudulent"), blocked: true } },
  risk_highest: { ...normal, risk: "highest" },
  risk_elevated: { ...normal, risk: "elevated" },
  cvc_check_fails: { ...normal, cvcCheck: "fail" },
  zip_check_fails: { ...normal, addressCheck: "fail_zip" },
  line1_check_fails: { ...normal, addressCheck: "fail_line1" },
  address_checks_fail: { ...normal, addressCheck: "fail" },
  address_unchecked: { ...normal, addressCheck: "unchecked" },
  authentication_until_set_up: { ...normal, authentication: "until_set_up" },
  authentication_always: { ...normal, authentication: "always" },
  authentication_on_session: { ...normal, authentication: "on_session" },
  authentication_then_insufficient_funds: { ...normal, authentication: "always", decline: insufficientFunds },
  authentication_then_declined: { ...normal, authentication: "always", decline: generic },
  authentication_error: { ...normal, decline: { ...generic, blocked: true } },
  frictionless: { ...normal, authentication: "frictionless" },
  refund_pending: { ...normal, refund: "pending" },
  refund_fails: { ...normal, refund: "fails" },
  fraud_warning: { ...normal, aftermath: { kind: "fraud_warning" } },
  disputed_fraudulent: { ...normal, aftermath: fraudulent },
  disputed_not_received: {
    ...normal,
    aftermath: { ...fraudulent, reason: "product_not_received", networkReasonCode: "13.1" },
  },
  disputed_inquiry: { ...normal, aftermath: { ...fraudulent, caseType: "inquiry" } },
  disputed_many_times: { ...normal, aftermath: { ...fraudulent, disputes: 2 } },
  disputed_compelling: {
    ...normal,
    aftermath: { ...fraudulent, eligibleFor: "visa_compelling_evidence_3" },
  },
  disputed_visa_compliance: {
    ...normal,
    aftermath: { ...noncompliant, eligibleFor: "visa_compliance" },
  },
  disputed_mastercard_compliance: {
    ...normal,
    aftermath: { ...noncompliant, eligibleFor: "mastercard_compliance" },
  },
  disputed_smart: { ...normal, aftermath: { ...fraudulent, smart: true } },
} satisfies Record<string, CardBehaviour>;

export type CardBehaviourName = keyof typeof behaviours;
