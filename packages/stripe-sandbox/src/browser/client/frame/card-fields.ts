import { unknownBrand } from "../card/card-brand";
import { formatNumber } from "../card/card-format";
import type { CardField } from "../card/card-validation";
import type { FrameKind, FrameSettings } from "../frame-channel";
import { brandIcon } from "./brand-icon";
import { countriesIn, countryOfBrowser } from "./countries";
import { arrow, createField, element, type Field } from "./field";
import { messagesFor } from "./messages";
import { formatExpiryWhileTyping, formatWhileTyping } from "./typing";

export type CardFields = Record<CardField | "country", Field>;
type Name = keyof CardFields;

export const cardFieldOrder = ["number", "expiry", "cvc", "country", "postalCode"] as const;

const parts: Partial<Record<FrameKind, Name[]>> = {
  cardNumber: ["number"],
  cardExpiry: ["expiry"],
  cardCvc: ["cvc"],
};

/** Those that a frame of this kind ever shows, in the order of the form. */
export function fieldsOf({ kind, asksCountry }: FrameSettings): readonly Name[] {
  return parts[kind] ?? cardFieldOrder.filter((name) => name !== "country" || asksCountry);
}

export function createCardFields(settings: FrameSettings): CardFields {
  const text = messagesFor(settings.locale);
  const brand = element("span", "Adornment");
  brand.append(brandIcon(unknownBrand));
  const own = settings.placeholder;
  const number = createField({
    id: "number",
    label: text.cardNumber,
    autocomplete: "cc-number",
    inputMode: "numeric",
    placeholder: own ?? (settings.kind === "card" ? text.cardNumber : "1234 1234 1234 1234"),
    wide: true,
    ...(settings.showsIcon && { adornment: brand }),
  });
  const expiry = createField({
    id: "expiry",
    label: text.expiry,
    autocomplete: "cc-exp",
    inputMode: "numeric",
    placeholder: own ?? text.expiryPlaceholder,
  });
  const cvc = createField({
    id: "cvc",
    label: text.cvc,
    autocomplete: "cc-csc",
    inputMode: "numeric",
    placeholder: own ?? text.cvcHint,
  });
  formatWhileTyping(number.input as HTMLInputElement, formatNumber);
  formatExpiryWhileTyping(expiry.input as HTMLInputElement);
  return { number, expiry, cvc, country: countryField(settings), postalCode: postalCodeField(settings) };
}

function countryField(settings: FrameSettings): Field {
  const field = createField({
    id: "country",
    label: messagesFor(settings.locale).country,
    autocomplete: "billing country",
    choices: countriesIn(settings.locale),
    adornment: arrow(),
    wide: true,
  });
  field.input.value = settings.billing.address?.country ?? countryOfBrowser(navigator.languages);
  return field;
}

function postalCodeField(settings: FrameSettings): Field {
  const field = createField({
    id: "postalCode",
    label: messagesFor(settings.locale).postalCode,
    autocomplete: "billing postal-code",
    // In one line with the rest there is no room for a label.
    ...(settings.kind === "card" && { placeholder: messagesFor(settings.locale).zipHint }),
    wide: true,
  });
  field.input.value = settings.billing.address?.postal_code ?? "";
  return field;
}
