import type { ProblemCode } from "../card/card-validation";
import { english } from "./english";
import { german } from "./german";

export interface Messages {
  cardNumber: string;
  expiry: string;
  cvc: string;
  cvcHint: string;
  country: string;
  postalCode: string;
  zip: string;
  zipHint: string;
  expiryPlaceholder: string;
  name: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  required: string;
  firstName: string;
  lastName: string;
  organization: string;
  phone: string;
  phoneOptional: string;
  stored: (merchant: string) => string;
  paymentMethod: string;
  newCard: string;
  save: (merchant: string) => string;
  expires: (month: number, year: number) => string;
  remove: string;
  /** The button of one card, for who does not see beside which it stands. */
  removeCard: (card: string) => string;
  removeQuestion: (card: string) => string;
  keep: string;
  removed: (card: string) => string;
  problems: Record<ProblemCode, string>;
}

export function messagesFor(locale: string): Messages {
  return locale.toLowerCase().startsWith("de") ? german : english;
}

export function monthYear(month: number, year: number): string {
  return `${String(month).padStart(2, "0")}/${String(year % 100).padStart(2, "0")}`;
}
