import type { FrameSettings } from "../frame-channel";
import type { StripeError } from "../stripe-types";
import { type AddressName, addressValue, createAddressFields, namesOf } from "./address-fields";
import { element } from "./field";
import type { AddressForm, FormOptions } from "./form";
import { messagesFor } from "./messages";

export function createAddressForm({ settings, typed, onChange }: FormOptions): AddressForm {
  const text = messagesFor(settings.locale);
  const root = element("form", "Form");
  const fields = createAddressFields(settings);
  const names = namesOf(settings);
  const value = (name: AddressName) => fields[name].input.value.trim();
  const raw = () => Object.fromEntries(names.map((name) => [name, value(name)]));
  const missing = () => names.filter((name) => isRequired(name, settings) && !value(name));
  const started = () => names.some((name) => name !== "country" && value(name));

  for (const name of names) {
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
  root.append(...names.map((name) => fields[name].root));

  return {
    root,
    typed: raw,
    focus: () => fields[names[0] ?? "country"].input.focus(),
    clear: () => {
      for (const name of names) if (name !== "country") fields[name].input.value = "";
      onChange();
    },
    state: () => ({
      empty: !started(),
      complete: missing().length === 0,
      elementMode: settings.addressMode,
      isNewAddress: true,
      value: addressValue(raw(), settings),
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

function isRequired(name: AddressName, { phone }: FrameSettings): boolean {
  if (name === "phone") return phone === "required";
  return name !== "line2" && name !== "state";
}

function incomplete(name: AddressName, message: string): StripeError {
  const code = name === "postal_code" ? "zip" : name;
  return { type: "validation_error", code: `incomplete_${code}`, message };
}
