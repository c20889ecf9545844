import type { SubscriptionView } from "@farebox/billing";

type Card = NonNullable<SubscriptionView["paymentMethod"]>;

export const brands: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

export const cardName = ({ brand, last4 }: Pick<Card, "brand" | "last4">): string =>
  `${brands[brand] ?? "Card"} ending ${last4}`;

/** As it stands on the card: "04/30". */
export const cardExpiry = ({ expMonth, expYear }: Pick<Card, "expMonth" | "expYear">): string =>
  `${String(expMonth).padStart(2, "0")}/${String(expYear % 100).padStart(2, "0")}`;

/** A card is good until the end of its month, wherever it is charged. */
export function cardStanding(
  { expMonth, expYear }: Pick<Card, "expMonth" | "expYear">,
  nextChargeAt: string | null,
  now: number,
): "good" | "expired" | "expires_before_charge" {
  const goodBefore = Date.UTC(expYear, expMonth, 1);
  if (goodBefore <= now) return "expired";
  return nextChargeAt && goodBefore <= Date.parse(nextChargeAt) ? "expires_before_charge" : "good";
}
