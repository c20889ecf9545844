import type { FrameSettings } from "../frame-channel";
import type { Address } from "../stripe-types";
import { countriesIn, countryOfBrowser } from "./countries";
import { arrow, createField, type Field, type FieldOptions } from "./field";
import { messagesFor } from "./messages";

const place = ["country", "line1", "line2", "postal_code", "city", "state"] as const;

export type AddressName = (typeof place)[number] | "name" | "firstName" | "lastName" | "phone";

/** The fields that are asked for, in their order. */
export function namesOf({ names, phone }: FrameSettings): AddressName[] {
  const person: Record<FrameSettings["names"], AddressName[]> = {
    full: ["name"],
    organization: ["name"],
    split: ["firstName", "lastName"],
    never: [],
  };
  return [...person[names], ...place, ...(phone === "never" ? [] : (["phone"] as const))];
}

export function addressValue(typed: Record<string, string>, settings: FrameSettings) {
  const { country = "", line1 = "", line2, postal_code = "", city = "", state = "" } = typed;
  const { name, firstName = "", lastName = "", phone } = typed;
  const address: Address = { line1, line2: line2 || null, city, state, postal_code, country };
  const split = settings.names === "split" && { firstName, lastName };
  const whole =
    name ?? (split ? [firstName, lastName].filter(Boolean).join(" ") : (settings.billing.name ?? ""));
  return { name: whole, ...split, address, ...(phone !== undefined && { phone }) };
}

export function createAddressFields(settings: FrameSettings): Record<AddressName, Field> {
  const text = messagesFor(settings.locale);
  const purpose = settings.addressMode;
  const preset = presets(settings);
  const field = (
    id: AddressName,
    label: string,
    autocomplete: string,
    options: Partial<FieldOptions> = {},
  ) => {
    const created = createField({ id, label, autocomplete: `${purpose} ${autocomplete}`, ...options });
    created.input.value = preset[id] ?? created.input.value;
    return created;
  };
  const wide = { wide: true };
  const country = field("country", text.country, "country", {
    choices: countriesIn(settings.locale, settings.allowedCountries),
    adornment: arrow(),
    wide: true,
  });
  const own = preset.country ?? countryOfBrowser(navigator.languages);
  if (settings.allowedCountries.length === 0 || settings.allowedCountries.includes(own))
    country.input.value = own;
  return {
    country,
    name: field("name", settings.names === "organization" ? text.organization : text.name, "name", wide),
    firstName: field("firstName", text.firstName, "given-name"),
    lastName: field("lastName", text.lastName, "family-name"),
    line1: field("line1", text.line1, "address-line1", wide),
    line2: field("line2", text.line2, "address-line2", wide),
    postal_code: field("postal_code", text.postalCode, "postal-code"),
    city: field("city", text.city, "address-level2"),
    state: field("state", text.state, "address-level1", wide),
    phone: field("phone", settings.phone === "optional" ? text.phoneOptional : text.phone, "tel", wide),
  };
}

/** Who gave one name for a form with two gets everything before the last word as the first. */
function presets({ billing }: FrameSettings): Partial<Record<AddressName, string | null>> {
  const words = (billing.name ?? "").split(" ");
  return {
    ...billing.address,
    name: billing.name ?? null,
    firstName: words.slice(0, -1).join(" ") || (words[0] ?? ""),
    lastName: words.length > 1 ? (words.at(-1) ?? "") : "",
    phone: billing.phone ?? null,
  };
}
