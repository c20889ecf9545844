export interface Decline {
  code: string;
  declineCode?: string;
  message: string;
  /** Stopped before the bank was asked. */
  blocked?: boolean;
}

export type Authentication =
  | "none"
  | "frictionless"
  /** Every payment, also without the customer. */
  | "always"
  /** Until the card has been set up for later use. */
  | "until_set_up"
  /** Only when the customer is there. */
  | "on_session";

export interface CardBehaviour {
  authentication: Authentication;
  /** The bank refuses. */
  decline?: Decline;
  /** Saving the card works all the same. */
  declineOnlyCharges?: boolean;
  refund: "succeeds" | "pending" | "fails";
  risk: "normal" | "elevated" | "highest";
  cvcCheck: "pass" | "fail";
  addressCheck: "none" | "fail" | "unchecked" | "fail_line1" | "fail_zip";
  /** Funds can be spent at once. */
  settlesAtOnce: boolean;
  /** What the bank does a moment after the charge was paid. */
  aftermath?: Aftermath;
}

export type Aftermath =
  | { kind: "fraud_warning" }
  | {
      kind: "dispute";
      reason: string;
      networkReasonCode: string;
      caseType: "chargeback" | "inquiry" | "compliance";
      /** Into how many disputes the amount is split. */
      disputes?: number;
      eligibleFor?: "visa_compelling_evidence_3" | "visa_compliance" | "mastercard_compliance";
      /** Evidence is gathered and sent without anybody doing anything. */
      smart?: boolean;
    };

export interface Attempt {
  purpose: "charge" | "setup";
  offSession: boolean;
  authenticated: boolean;
  setUp: boolean;
}

export type Outcome =
  | { kind: "succeeded" }
  | { kind: "requires_action" }
  | { kind: "declined"; decline: Decline };

const authenticationRequired: Decline = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

/** Stripe does not say of which type a failed challenge is; the card itself was not refused. */
export function failureType({ code }: Decline): "invalid_request_error" | "card_error" {
  return code.endsWith("_authentication_failure") ? "invalid_request_error" : "card_error";
}

export function outcomeOf(card: CardBehaviour, attempt: Attempt): Outcome {
  if (needsAuthentication(card, attempt)) {
    if (attempt.offSession) return { kind: "declined", decline: authenticationRequired };
    return { kind: "requires_action" };
  }
  const spared = attempt.purpose === "setup" && card.declineOnlyCharges;
  return card.decline && !spared ? { kind: "declined", decline: card.decline } : { kind: "succeeded" };
}

function needsAuthentication(card: CardBehaviour, attempt: Attempt): boolean {
  if (attempt.authenticated || card.authentication === "none" || card.authentication === "frictionless")
    return false;
  if (card.authentication === "until_set_up") return !(attempt.setUp && attempt.offSession);
  if (card.authentication === "on_session") return !attempt.offSession;
  return true;
}
