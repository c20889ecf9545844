import { capitalized, wordsOf } from "./words";

const brands: Record<string, string> = { amex: "American Express", jcb: "JCB", unionpay: "UnionPay" };

export function cardText(card: { brand: string; last4: string }): string {
  return `${brands[card.brand] ?? capitalized(wordsOf(card.brand))} •••• ${card.last4}`;
}
