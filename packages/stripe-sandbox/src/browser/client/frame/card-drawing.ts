import { brandNamed, brandOf, unknownBrand } from "../card/card-brand";
import { digitsOf, formatCvc } from "../card/card-format";
import { cardProblems, countryAsksPostalCode, type Problem, readExpiry } from "../card/card-validation";
import { type FrameSettings, isBare } from "../frame-channel";
import { brandIcon } from "./brand-icon";
import { type CardFields, fieldsOf } from "./card-fields";
import { element } from "./field";
import { messagesFor } from "./messages";

export function cardOf(fields: CardFields, names: readonly (keyof CardFields)[]) {
  const expiry = readExpiry(fields.expiry.input.value);
  return {
    ...(names.includes("number") && { number: digitsOf(fields.number.input.value) }),
    ...(names.includes("expiry") && { exp_month: expiry?.month, exp_year: expiry?.year }),
    ...(names.includes("cvc") && { cvc: fields.cvc.input.value }),
  };
}

export function createRoot(fields: CardFields, settings: FrameSettings): HTMLFormElement {
  const bare = isBare(settings.kind);
  const root = element("form", bare ? `Form Form--bare Form--${settings.kind}` : "Form");
  root.noValidate = true;
  root.addEventListener("submit", (event) => event.preventDefault());
  if (settings.kind === "card" && fields.number.adornment) root.append(fields.number.adornment);
  for (const name of fieldsOf(settings)) {
    fields[name].input.disabled = settings.readOnly;
    fields[name].root.classList.add(`Field--${name}`);
    root.append(fields[name].root);
  }
  if (!settings.storedFor) return root;
  const terms = element("p", "TermsText");
  terms.textContent = messagesFor(settings.locale).stored(settings.storedFor);
  root.append(terms);
  return root;
}

function brandIn(fields: CardFields, settings: FrameSettings) {
  if (settings.kind === "cardCvc") return brandNamed(settings.brand);
  return brandOf(digitsOf(fields.number.input.value));
}

export function refreshFields(fields: CardFields, settings: FrameSettings): void {
  const { number, cvc, postalCode, country } = fields;
  const messages = messagesFor(settings.locale);
  const brand = brandIn(fields, settings);
  number.adornment?.replaceChildren(brandIcon(brand));
  cvc.input.value = formatCvc(cvc.input.value, brand === unknownBrand ? 4 : brand.cvcLength);
  postalCode.root.hidden = !asksPostalCode(fields, settings);
  postalCode.setLabel(country.input.value === "US" ? messages.zip : messages.postalCode);
  for (const name of fieldsOf(settings)) fields[name].setFilled(isFilled(fields, settings, name));
}

function isFilled(fields: CardFields, settings: FrameSettings, name: keyof CardFields) {
  if (fields[name].input.value === "") return "empty";
  return problemsOf(fields, settings).some(({ field }) => field === name) ? "partly" : "complete";
}

export function clearFields(fields: CardFields): void {
  for (const name of ["number", "expiry", "cvc", "postalCode"] as const) {
    fields[name].input.value = "";
    fields[name].setError("");
  }
}

function asksPostalCode({ country }: CardFields, settings: FrameSettings): boolean {
  if (!settings.asksPostalCode) return false;
  return !settings.asksCountry || countryAsksPostalCode(country.input.value);
}

export function problemsOf(fields: CardFields, settings: FrameSettings): Problem[] {
  const { number, expiry, cvc, postalCode, country } = fields;
  const names = fieldsOf(settings);
  const input = {
    number: number.input.value,
    expiry: expiry.input.value,
    cvc: cvc.input.value,
    brand: brandIn(fields, settings),
    postalCode: postalCode.input.value,
    country: settings.asksCountry ? country.input.value : "",
    asksPostalCode: asksPostalCode(fields, settings),
  };
  return cardProblems(input, new Date()).filter(({ field }) => names.includes(field));
}

export function addressOf(fields: CardFields, settings: FrameSettings) {
  const country = settings.asksCountry ? fields.country.input.value : "";
  const postalCode = asksPostalCode(fields, settings) ? fields.postalCode.input.value.trim() : "";
  const preset = settings.billing.address;
  const address = { ...preset, ...(country && { country }), ...(postalCode && { postal_code: postalCode }) };
  return Object.keys(address).length > 0 ? address : undefined;
}
