import { behaviours, type CardBehaviourName } from "./card-behaviours";
import type { CardBehaviour } from "./engine/card-outcome";

export interface TestCard {
  number: string;
  tokens: string[];
  brand: string;
  funding: "credit" | "debit" | "prepaid";
  country: string;
  behaviour: CardBehaviourName;
}

type Line = [
  number: string,
  tokens: string,
  behaviour: CardBehaviourName,
  brand?: string,
  funding?: TestCard["funding"],
  country?: string,
];

const lines: Line[] = [
  ["4242424242424242", "visa us", "succeeds"],
  ["4000056655665556", "visa_debit", "succeeds", "visa", "debit"],
  ["5555555555554444", "mastercard", "succeeds", "mastercard"],
  ["2223003122003222", "", "succeeds", "mastercard"],
  ["5200828282828210", "mastercard_debit", "succeeds", "mastercard", "debit"],
  ["5105105105105100", "mastercard_prepaid", "succeeds", "mastercard", "prepaid"],
  ["378282246310005", "amex", "succeeds", "amex"],
  ["371449635398431", "", "succeeds", "amex"],
  ["6011111111111117", "discover", "succeeds", "discover"],
  ["6011000990139424", "", "succeeds", "discover"],
  ["3056930009020004", "diners", "succeeds", "diners"],
  ["36227206271667", "", "succeeds", "diners"],
  ["3566002020360505", "jcb", "succeeds", "jcb", "credit", "JP"],
  ["6200000000000005", "unionpay", "succeeds", "unionpay", "credit", "CN"],
  ["4000000000000077", "bypassPending", "settles_at_once"],
  ["4000003720000278", "", "settles_at_once"],
  ["4000000760000002", "br", "succeeds", "visa", "credit", "BR"],
  ["4000001240000000", "ca", "succeeds", "visa", "credit", "CA"],
  ["4000004840008001", "mx", "succeeds", "visa", "credit", "MX"],
  ["4000002760000016", "de", "succeeds", "visa", "credit", "DE"],
  ["4000002500000003", "fr", "succeeds", "visa", "credit", "FR"],
  ["4000008260000000", "gb", "succeeds", "visa", "credit", "GB"],
  ["4000003560000008", "in", "succeeds", "visa", "credit", "IN"],
  ["4000003920000003", "jp", "succeeds", "visa", "credit", "JP"],
  ["4000000360000006", "au", "succeeds", "visa", "credit", "AU"],
  ["4000000000000002", "visa_chargeDeclined chargeDeclined", "declined"],
  [
    "4000000000009995",
    "visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds",
    "insufficient_funds",
  ],
  ["4000000000009987", "visa_chargeDeclinedLostCard chargeDeclinedLostCard", "lost_card"],
  ["4000000000009979", "visa_chargeDeclinedStolenCard chargeDeclinedStolenCard", "stolen_card"],
  ["4000000000000069", "chargeDeclinedExpiredCard", "expired"],
  ["4000000000000127", "chargeDeclinedIncorrectCvc", "incorrect_cvc"],
  ["4000000000000119", "chargeDeclinedProcessingError", "processing_error"],
  ["4242424242424241", "", "incorrect_number"],
  ["4000000000006975", "chargeDeclinedVelocityLimitExceeded", "velocity_exceeded"],
  ["4000000000000341", "chargeCustomerFail", "declined_when_charged"],
  ["4100000000000019", "radarBlock", "blocked"],
  ["4000000000004954", "riskLevelHighest", "risk_highest"],
  ["4000000000009235", "riskLevelElevated", "risk_elevated"],
  ["4000000000000101", "cvcCheckFail", "cvc_check_fails"],
  ["4000000000000036", "avsZipFail", "zip_check_fails"],
  ["4000000000000028", "avsLine1Fail", "line1_check_fails"],
  ["4000000000000010", "avsFail", "address_checks_fail"],
  ["4000000000000044", "avsUnchecked", "address_unchecked"],
  [
    "4000002500003155",
    "authenticationRequiredOnSetup",
    "authentication_until_set_up",
    "visa",
    "credit",
    "FR",
  ],
  ["4000002760003184", "authenticationRequired", "authentication_always", "visa", "credit", "DE"],
  [
    "4000003800000446",
    "authenticationRequiredSetupForOffSession",
    "authentication_on_session",
    "visa",
    "credit",
    "IT",
  ],
  [
    "4000008260003178",
    "authenticationRequiredChargeDeclinedInsufficientFunds",
    "authentication_then_insufficient_funds",
    "visa",
    "credit",
    "GB",
  ],
  ["4000000000003220", "threeDSecure2Required", "authentication_always", "visa", "credit", "IE"],
  ["4000008400000027", "", "authentication_always"],
  ["4000008400001629", "threeDSecureRequiredChargeDeclined", "authentication_then_declined"],
  ["4000008400001280", "", "authentication_error"],
  ["4000000000003055", "threeDSecureOptional", "succeeds"],
  ["4000000000003097", "", "succeeds"],
  ["4000000032200000", "", "frictionless"],
  ["4000000000007726", "pendingRefund", "refund_pending"],
  ["4000000000005126", "refundFail", "refund_fails"],
  ["4000000000000259", "createDispute", "disputed_fraudulent"],
  ["4000000000002685", "createDisputeProductNotReceived", "disputed_not_received"],
  ["4000000000001976", "createDisputeInquiry", "disputed_inquiry"],
  ["4000000000005423", "createIssuerFraudRecord", "fraud_warning"],
  ["4000000404000079", "createMultipleDisputes", "disputed_many_times"],
  ["4000000404000038", "createCe3EligibleDispute", "disputed_compelling"],
  ["4000008400000779", "", "disputed_visa_compliance"],
  ["5105008400000002", "", "disputed_mastercard_compliance", "mastercard"],
  ["4000000001000043", "", "disputed_smart"],
];

/** The captcha cards, refused rather than silently successful. */
export const cardsNotModelled = new Set(["4000000000001208", "4000000000003725"]);

const cards: TestCard[] = lines.map(
  ([number, tokens, behaviour, brand = "visa", funding = "credit", country = "US"]) => ({
    number,
    tokens: tokens.split(" ").filter(Boolean),
    brand,
    funding,
    country,
    behaviour,
  }),
);

const byNumber = new Map(cards.map((card) => [card.number, card]));
const byToken = new Map<string, TestCard>(
  cards.flatMap((card) => card.tokens.map((token) => [`pm_card_${token}`, card] as const)),
);

export function cardByNumber(number: string): TestCard | undefined {
  return byNumber.get(number);
}

export function cardByToken(token: string): TestCard | undefined {
  return byToken.get(token);
}

export function behaviourOf(name: CardBehaviourName): CardBehaviour {
  return behaviours[name];
}

export function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
