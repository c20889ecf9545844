import { unknownBrand } from "../card/card-brand";
import { formatNumber } from "../card/card-format";
import type { CardField } from "../card/card-validation";
import type { FrameSettings } from "../frame-channel";
import { brandIcon } from "./brand-icon";
import { countriesIn, countryOfBrowser } from "./countries";
import { arrow, createField, element, type Field } from "./field";
import { messagesFor } from "./messages";
import { formatExpiryWhileTyping, formatWhileTyping } from "./typing";

export type CardFields = Record<CardField | "country", Field>;

export const cardFieldOrder = ["number", "expiry", "cvc", "country", "postalCode"] as const;

export function createCardFields(settings: FrameSettings): CardFields {
  const text = messagesFor(settings.locale);
  const brand = element("span", "Adornment");
  brand.append(brandIcon(unknownBrand));
  const number = createField({
    id: "number",
    label: text.cardNumber,
    autocomplete: "cc-number",
    inputMode: "numeric",
    placeholder: "1234 1234 1234 1234",
    wide: true,
    adornment: brand,
  });
  const expiry = createField({
    id: "expiry",
    label: text.expiry,
    autocomplete: "cc-exp",
    inputMode: "numeric",
    placeholder: text.expiryPlaceholder,
  });
  const cvc = createField({
    id: "cvc",
    label: text.cvc,
    autocomplete: "cc-csc",
    inputMode: "numeric",
    placeholder: text.cvcHint,
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
    wide: true,
  });
  field.input.value = settings.billing.address?.postal_code ?? "";
  return field;
}
