import type { CardView, ExpiryState, KeepReason } from "./schemas";

const dayMs = 24 * 60 * 60 * 1000;
const soonDays = 45;

export interface CardDates {
  expMonth: number | null;
  expYear: number | null;
}

/** A card is good until the end of its month, wherever it is charged. */
export function expiryOf(
  { expMonth, expYear }: CardDates,
  nextChargeAt: Date | null,
  now: Date,
): { expiry: ExpiryState; daysLeft: number | null } {
  if (expMonth === null || expYear === null) return { expiry: "good", daysLeft: null };
  const goodBefore = Date.UTC(expYear, expMonth, 1);
  const daysLeft = Math.max(0, Math.ceil((goodBefore - now.getTime()) / dayMs));
  if (goodBefore <= now.getTime()) return { expiry: "expired", daysLeft: 0 };
  if (nextChargeAt && goodBefore <= nextChargeAt.getTime())
    return { expiry: "expires_before_charge", daysLeft };
  return { expiry: daysLeft <= soonDays ? "expires_soon" : "good", daysLeft };
}

interface KeptCard {
  id: string;
  brand: string | null;
  last4: string | null;
  fingerprint: string | null;
}

export interface RemovalQuestion {
  card: KeptCard;
  /** All attached ones, those on their way out not counted. */
  cards: readonly KeptCard[];
  defaultId: string | null;
  /** The live plan that charges something; null without one, or when it ends by itself. */
  paidPlan: string | null;
  /** It is being made the default in this moment. */
  becomesDefault: boolean;
}

/** Why a card has to stay. A plan that would go on charging always keeps something to charge. */
export function whyKept(question: RemovalQuestion): { reason: KeepReason; message: string } | null {
  const { card, cards, defaultId, paidPlan, becomesDefault } = question;
  if (becomesDefault) {
    return {
      reason: "change_in_progress",
      message: "This card is being made the default. Please look again in a moment.",
    };
  }
  if (!paidPlan) return null;
  const others = cards.filter((other) => other.id !== card.id && !isSameCard(other, card));
  const name = `${brandName(card.brand)} ending ${card.last4 ?? ""}`.trim();
  if (others.length === 0) {
    return {
      reason: "last_card",
      message: `${name} is the only card for your ${paidPlan} plan. Add another card first, or cancel the plan.`,
    };
  }
  const pays = cards.find(({ id }) => id === defaultId) ?? null;
  if (pays && (pays.id === card.id || isSameCard(pays, card))) {
    return {
      reason: "pays_plan",
      message: `${name} pays your ${paidPlan} plan. Make another card the default first.`,
    };
  }
  return null;
}

/** The same number, wherever and however often it was typed. */
export const isSameCard = (a: Pick<KeptCard, "fingerprint">, b: Pick<KeptCard, "fingerprint">): boolean =>
  a.fingerprint !== null && a.fingerprint === b.fingerprint;

interface SavedCard extends KeptCard, CardDates {
  createdAt: Date;
}

/** Of cards with one number the one that stays: the date that lasts longest, then the oldest, then the first given. */
export function whichStays<Card extends SavedCard>(same: readonly Card[]): Card | null {
  const good = (card: SavedCard) => (card.expYear ?? 0) * 12 + (card.expMonth ?? 0);
  const [first] = [...same].sort(
    (a, b) => good(b) - good(a) || a.createdAt.getTime() - b.createdAt.getTime(),
  );
  return first ?? null;
}

/** One card for each number; the default stands for its number whatever its date. */
export function withoutDuplicates<Card extends SavedCard>(
  cards: readonly Card[],
  defaultId: string | null,
): Card[] {
  return cards.filter((card) => {
    const same = cards.filter((other) => other.id === card.id || isSameCard(other, card));
    const shown = same.find(({ id }) => id === defaultId) ?? whichStays(same);
    return shown?.id === card.id;
  });
}

/** The default first, then the newest. */
export const inOrder = (cards: CardView[]): CardView[] =>
  [...cards].sort(
    (a, b) => Number(b.isDefault) - Number(a.isDefault) || Date.parse(b.addedAt) - Date.parse(a.addedAt),
  );

const brands: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

const brandName = (brand: string | null) => brands[brand ?? ""] ?? "The card";

/** What a bank says when it wants the customer to confirm, in Stripe's several words for it. */
export const asksToConfirm = (reason: string): boolean =>
  ["authentication_required", "invoice_payment_intent_requires_action"].includes(reason);
