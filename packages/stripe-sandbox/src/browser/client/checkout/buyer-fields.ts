import type { CheckoutField, CheckoutState } from "../../checkout-state";
import { choice, field, h } from "../console/dom";
import { countriesIn, countryOfBrowser } from "../frame/countries";

export interface BuyerFields {
  root: HTMLElement;
  /** What stands above the button: consent and whether to keep the card. */
  agreements: HTMLElement;
  /** What is asked only with a card that is typed here. */
  forNewCard(wanted: boolean): void;
  read(): Record<string, unknown>;
  /** For the card itself. */
  billing(): Record<string, unknown>;
}

type Control = HTMLInputElement | HTMLSelectElement;

/** The fields this session asks for, and no others. */
export function createBuyerFields(state: CheckoutState): BuyerFields {
  const { asks } = state;
  const controls = new Map<string, Control>();
  const add = (name: string, label: string, control: Control) => {
    controls.set(name, control);
    return field(label, control);
  };
  const input = (type: string, autocomplete: string, initial = "") =>
    h("input", { type, autocomplete, ...(initial && { value: initial }) });
  const optional = (label: string, wanted: string) => (wanted === "optional" ? `${label} (optional)` : label);

  const fixed = asks.email.fixed;
  const nameRow = asks.card ? add("name", "Name on card", input("text", "cc-name")) : undefined;
  const rows = [
    fixed
      ? h("p", { class: "field" }, h("span", { class: "small" }, "Email"), h("span", {}, fixed))
      : add("email", "Email", input("email", "email", asks.email.initial)),
    nameRow,
    asks.phone ? add("phone", "Phone number", input("tel", "tel")) : undefined,
    asks.individual === "no"
      ? undefined
      : add("individual_name", optional("Full name", asks.individual), input("text", "name")),
    asks.business === "no"
      ? undefined
      : add("business_name", optional("Business name", asks.business), input("text", "organization")),
    ...(asks.address ? addressRows(add) : []),
    ...(asks.taxId === "no" ? [] : taxIdRows(state, add)),
    ...asks.fields.map((one) => add(`field:${one.key}`, labelOf(one), customControl(one))),
  ];
  const terms = asks.termsOfService ? check(asks.termsOfService) : undefined;
  const keeps = asks.saveCard && asks.card ? check("Save this card for the next time") : undefined;
  const value = (name: string) => controls.get(name)?.value.trim();
  return {
    root: h("div", {}, h("h2", {}, "Your details"), h("div", { class: "fields" }, ...rows)),
    agreements: h("div", { class: "fields" }, keeps?.root, terms?.root),
    forNewCard(wanted) {
      if (nameRow) nameRow.hidden = !wanted;
      if (keeps) keeps.root.hidden = !wanted;
    },
    billing: () => ({
      ...((fixed ?? value("email")) ? { email: fixed ?? value("email") } : {}),
      ...(value("name") && { name: value("name") }),
      ...(asks.address && { address: addressOf(value) }),
    }),
    read: () => ({
      ...Object.fromEntries(
        ["email", "name", "phone", "individual_name", "business_name"].flatMap((name) =>
          controls.has(name) ? [[name, value(name)]] : [],
        ),
      ),
      ...(asks.address && { address: addressOf(value) }),
      ...(asks.taxId !== "no" &&
        value("tax_id") && { tax_id: { type: value("tax_type"), value: value("tax_id") } }),
      ...(asks.fields.length > 0 && {
        custom_fields: Object.fromEntries(asks.fields.map(({ key }) => [key, value(`field:${key}`)])),
      }),
      ...(terms && { terms_accepted: terms.input.checked }),
      ...(keeps && { save_card: keeps.input.checked }),
    }),
  };
}

type Add = (name: string, label: string, control: Control) => HTMLElement;

function addressRows(add: Add): HTMLElement[] {
  const countries = choice(
    countriesIn("en").map(({ code, name }) => [code, name]),
    countryOfBrowser(navigator.languages),
  );
  countries.setAttribute("autocomplete", "billing country");
  const line = (autocomplete: string) =>
    h("input", { type: "text", autocomplete: `billing ${autocomplete}` });
  return [
    add("country", "Country", countries),
    add("line1", "Address line 1", line("address-line1")),
    add("line2", "Address line 2 (optional)", line("address-line2")),
    h(
      "div",
      { class: "fields fields--two" },
      add("postal_code", "Postal code", line("postal-code")),
      add("city", "City", line("address-level2")),
    ),
    add("state", "State or region (optional)", line("address-level1")),
  ];
}

const addressParts = ["country", "line1", "line2", "postal_code", "city", "state"];

function addressOf(value: (name: string) => string | undefined): Record<string, string> {
  return Object.fromEntries(addressParts.map((part) => [part, value(part) ?? ""]).filter(([, text]) => text));
}

function taxIdRows({ asks, taxIdTypes }: CheckoutState, add: Add): HTMLElement[] {
  const label = asks.taxId === "optional" ? "Tax ID (optional)" : "Tax ID";
  const types = choice(
    taxIdTypes.map((type) => [type, type.replace("_", " ").toUpperCase()]),
    "eu_vat",
  );
  return [
    h(
      "div",
      { class: "fields fields--two" },
      add("tax_type", "Kind of tax ID", types),
      add("tax_id", label, h("input", { type: "text", autocomplete: "off", spellcheck: "false" })),
    ),
  ];
}

function labelOf({ label, optional }: CheckoutField): string {
  return optional ? `${label} (optional)` : label;
}

function customControl({ type, options, initial, maximum }: CheckoutField): Control {
  if (type === "dropdown")
    return choice(
      [["", "Select…"], ...options.map(({ value, label }): [string, string] => [value, label])],
      initial,
    );
  return h("input", {
    type: "text",
    value: initial,
    ...(maximum !== null && { maxlength: String(maximum) }),
    ...(type === "numeric" && { inputmode: "numeric" }),
  });
}

function check(label: string) {
  const input = h("input", { type: "checkbox" });
  return { input, root: h("label", { class: "check" }, input, h("span", {}, label)) };
}
