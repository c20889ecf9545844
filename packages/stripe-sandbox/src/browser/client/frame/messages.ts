import type { ProblemCode } from "../card/card-validation";

export interface Messages {
  cardNumber: string;
  expiry: string;
  cvc: string;
  cvcHint: string;
  country: string;
  postalCode: string;
  zip: string;
  expiryPlaceholder: string;
  name: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  required: string;
  stored: (merchant: string) => string;
  problems: Record<ProblemCode, string>;
}

const english: Messages = {
  cardNumber: "Card number",
  expiry: "Expiration date",
  cvc: "Security code",
  cvcHint: "CVC",
  country: "Country",
  postalCode: "Postal code",
  zip: "ZIP code",
  expiryPlaceholder: "MM / YY",
  name: "Full name",
  line1: "Address line 1",
  line2: "Address line 2 (optional)",
  city: "City",
  state: "State or region (optional)",
  required: "This field is incomplete.",
  stored: (merchant) =>
    `By providing your card information, you allow ${merchant} to charge your card for future payments in accordance with their terms.`,
  problems: {
    incomplete_number: "Your card number is incomplete.",
    invalid_number: "Your card number is invalid.",
    incomplete_expiry: "Your card’s expiration date is incomplete.",
    invalid_expiry_month: "Your card’s expiration month is invalid.",
    invalid_expiry_month_past: "Your card’s expiration date is in the past.",
    invalid_expiry_year_past: "Your card’s expiration year is in the past.",
    invalid_expiry_year: "Your card’s expiration year is invalid.",
    incomplete_cvc: "Your card’s security code is incomplete.",
    incomplete_zip: "Your postal code is incomplete.",
  },
};

const german: Messages = {
  cardNumber: "Kartennummer",
  expiry: "Ablaufdatum",
  cvc: "Sicherheitscode",
  cvcHint: "CVC",
  country: "Land",
  postalCode: "Postleitzahl",
  zip: "Postleitzahl",
  expiryPlaceholder: "MM / JJ",
  name: "Vollständiger Name",
  line1: "Straße und Hausnummer",
  line2: "Adresszusatz (optional)",
  city: "Ort",
  state: "Bundesland oder Region (optional)",
  required: "Dieses Feld ist unvollständig.",
  stored: (merchant) =>
    `Indem Sie Ihre Kartendaten angeben, gestatten Sie ${merchant}, Ihre Karte für künftige Zahlungen gemäß den Bedingungen des Händlers zu belasten.`,
  problems: {
    incomplete_number: "Ihre Kartennummer ist unvollständig.",
    invalid_number: "Ihre Kartennummer ist ungültig.",
    incomplete_expiry: "Das Ablaufdatum Ihrer Karte ist unvollständig.",
    invalid_expiry_month: "Der Ablaufmonat Ihrer Karte ist ungültig.",
    invalid_expiry_month_past: "Das Ablaufdatum Ihrer Karte liegt in der Vergangenheit.",
    invalid_expiry_year_past: "Das Ablaufjahr Ihrer Karte liegt in der Vergangenheit.",
    invalid_expiry_year: "Das Ablaufjahr Ihrer Karte ist ungültig.",
    incomplete_cvc: "Der Sicherheitscode Ihrer Karte ist unvollständig.",
    incomplete_zip: "Ihre Postleitzahl ist unvollständig.",
  },
};

export function messagesFor(locale: string): Messages {
  return locale.toLowerCase().startsWith("de") ? german : english;
}
