import type { FrameSettings } from "../frame-channel";
import type { Address, StripeError } from "../stripe-types";
import { countriesIn, countryOfBrowser } from "./countries";
import { arrow, createField, element, type Field, type FieldOptions } from "./field";
import type { AddressForm, FormOptions } from "./form";
import { messagesFor } from "./messages";

const order = ["name", "country", "line1", "line2", "postal_code", "city", "state"] as const;
const optional: readonly string[] = ["line2", "state"];

type Name = (typeof order)[number];

export function createAddressForm({ settings, typed, onChange }: FormOptions): AddressForm {
  const text = messagesFor(settings.locale);
  const root = element("form", "Form");
  const fields = createFields(settings);
  const raw = () => Object.fromEntries(order.map((name) => [name, fields[name].input.value.trim()]));
  const missing = () => order.filter((name) => !optional.includes(name) && !raw()[name]);
  const started = () => order.some((name) => name !== "country" && raw()[name]);

  for (const name of order) {
    const { input, setError } = fields[name];
    input.value = typed[name] ?? input.value;
    input.disabled = settings.readOnly;
    input.addEventListener("input", () => {
      setError("");
      onChange();
    });
  }
  root.noValidate = true;
  root.addEventListener("submit", (event) => event.preventDefault());
  root.append(...order.map((name) => fields[name].root));

  return {
    root,
    typed: raw,
    focus: () => fields.name.input.focus(),
    clear: () => {
      for (const name of order) if (name !== "country") fields[name].input.value = "";
      onChange();
    },
    state: () => ({
      empty: !started(),
      complete: missing().length === 0,
      elementMode: settings.addressMode,
      isNewAddress: true,
      value: addressValue(raw()),
    }),
    validate: () => {
      const [first, ...rest] = missing();
      for (const name of first ? [first, ...rest] : []) fields[name].setError(text.required);
      if (!first) return undefined;
      fields[first].input.focus();
      return incomplete(first, text.required);
    },
  };
}

function addressValue(typed: Record<string, string>) {
  const { name = "", country = "", line1 = "", line2, postal_code = "", city = "", state = "" } = typed;
  const address: Address = { line1, line2: line2 || null, city, state, postal_code, country };
  return { name, address };
}

function incomplete(name: Name, message: string): StripeError {
  return {
    type: "validation_error",
    code: name === "postal_code" ? "incomplete_zip" : `incomplete_${name}`,
    message,
  };
}

function createFields(settings: FrameSettings): Record<Name, Field> {
  const text = messagesFor(settings.locale);
  const purpose = settings.addressMode;
  const field = (name: Name, label: string, autocomplete: string, options: Partial<FieldOptions> = {}) => {
    const created = createField({ id: name, label, autocomplete: `${purpose} ${autocomplete}`, ...options });
    const preset = name === "name" ? settings.billing.name : settings.billing.address?.[name];
    created.input.value = preset ?? created.input.value;
    return created;
  };
  const country = field("country", text.country, "country", {
    choices: countriesIn(settings.locale, settings.allowedCountries),
    adornment: arrow(),
    wide: true,
  });
  country.input.value = settings.billing.address?.country ?? countryOfBrowser(navigator.languages);
  return {
    country,
    name: field("name", text.name, "name", { wide: true }),
    line1: field("line1", text.line1, "address-line1", { wide: true }),
    line2: field("line2", text.line2, "address-line2", { wide: true }),
    postal_code: field("postal_code", text.postalCode, "postal-code"),
    city: field("city", text.city, "address-level2"),
    state: field("state", text.state, "address-level1", { wide: true }),
  };
}
