import { brandOf } from "../card/card-brand";
import { digitsOf, formatCvc } from "../card/card-format";
import {
  type CardField,
  cardProblems,
  countryAsksPostalCode,
  type Problem,
  readExpiry,
} from "../card/card-validation";
import type { FrameSettings } from "../frame-channel";
import type { StripeError } from "../stripe-types";
import { brandIcon } from "./brand-icon";
import { type CardFields, cardFieldOrder, createCardFields } from "./card-fields";
import { watchCardFields } from "./card-watching";
import { element } from "./field";
import type { CardForm, FormOptions } from "./form";
import { messagesFor } from "./messages";

export function createCardForm({ settings, typed, onChange }: FormOptions): CardForm {
  const fields = createCardFields(settings);
  const root = createRoot(fields, settings);
  const text = (name: keyof CardFields) => fields[name].input.value;
  const raw = () => Object.fromEntries(cardFieldOrder.map((name) => [name, text(name)]));
  const problems = () => problemsOf(fields, settings);
  const refresh = () => refreshFields(fields, settings);
  const messages = messagesFor(settings.locale).problems;

  for (const name of cardFieldOrder) fields[name].input.value = typed[name] ?? text(name);
  watchCardFields(fields, { problems, refresh, onChange, messages });
  refresh();

  return {
    root,
    typed: raw,
    focus: () => fields.number.input.focus(),
    clear: () => {
      clearFields(fields);
      refresh();
      onChange();
    },
    state: () => {
      const found = problems();
      const shown = found.find((problem) => fields[problem.field].hasError());
      const empty = !text("number") && !text("expiry") && !text("cvc");
      const brand = brandOf(digitsOf(text("number"))).name;
      return { empty, complete: found.length === 0, brand, error: shown && errorOf(shown, messages) };
    },
    validate: () => {
      const found = problems();
      for (const name of cardFieldOrder) {
        const problem = found.find(({ field }) => field === name);
        fields[name].setError(problem ? messages[problem.code] : "");
      }
      const [first] = found;
      if (!first) return undefined;
      fields[first.field].input.focus();
      return errorOf(first, messages);
    },
    card: () => {
      const expiry = readExpiry(text("expiry"));
      const number = digitsOf(text("number"));
      return { number, exp_month: expiry?.month, exp_year: expiry?.year, cvc: text("cvc") };
    },
    billing: () => ({ ...settings.billing, address: addressOf(fields, settings) }),
    showDecline: (error) => fields[declinedField(error.code)].setError(error.message ?? ""),
  };
}

function createRoot(fields: CardFields, settings: FrameSettings): HTMLFormElement {
  const root = element("form", "Form");
  root.noValidate = true;
  root.addEventListener("submit", (event) => event.preventDefault());
  for (const name of cardFieldOrder) {
    fields[name].input.disabled = settings.readOnly;
    if (name !== "country" || settings.asksCountry) root.append(fields[name].root);
  }
  if (!settings.storedFor) return root;
  const terms = element("p", "TermsText");
  terms.textContent = messagesFor(settings.locale).stored(settings.storedFor);
  root.append(terms);
  return root;
}

function refreshFields(fields: CardFields, settings: FrameSettings): void {
  const { number, cvc, postalCode, country } = fields;
  const messages = messagesFor(settings.locale);
  const brand = brandOf(digitsOf(number.input.value));
  number.adornment?.replaceChildren(brandIcon(brand));
  cvc.input.value = formatCvc(cvc.input.value, brand.cvcLength);
  postalCode.root.hidden = !asksPostalCode(fields, settings);
  postalCode.setLabel(country.input.value === "US" ? messages.zip : messages.postalCode);
}

function clearFields(fields: CardFields): void {
  for (const name of ["number", "expiry", "cvc", "postalCode"] as const) {
    fields[name].input.value = "";
    fields[name].setError("");
  }
}

function asksPostalCode({ country }: CardFields, settings: FrameSettings): boolean {
  if (!settings.asksPostalCode) return false;
  return !settings.asksCountry || countryAsksPostalCode(country.input.value);
}

function problemsOf(fields: CardFields, settings: FrameSettings): Problem[] {
  const { number, expiry, cvc, postalCode, country } = fields;
  const input = {
    number: number.input.value,
    expiry: expiry.input.value,
    cvc: cvc.input.value,
    postalCode: postalCode.input.value,
    country: settings.asksCountry ? country.input.value : "",
    asksPostalCode: asksPostalCode(fields, settings),
  };
  return cardProblems(input, new Date());
}

function errorOf({ code }: Problem, messages: Record<string, string>): StripeError {
  return { type: "validation_error", code, message: messages[code] ?? code };
}

function addressOf(fields: CardFields, settings: FrameSettings) {
  const country = settings.asksCountry ? fields.country.input.value : "";
  const postalCode = asksPostalCode(fields, settings) ? fields.postalCode.input.value.trim() : "";
  const preset = settings.billing.address;
  const address = { ...preset, ...(country && { country }), ...(postalCode && { postal_code: postalCode }) };
  return Object.keys(address).length > 0 ? address : undefined;
}

function declinedField(code: string | undefined): CardField {
  if (code === "incorrect_cvc" || code === "invalid_cvc") return "cvc";
  if (code === "expired_card" || code?.startsWith("invalid_expiry")) return "expiry";
  return "number";
}
