import type { AddressState, PortalState } from "../../portal-state";
import { choice, h } from "../console/dom";
import { countriesIn } from "../frame/countries";
import { workForm } from "../hosted/parts";
import { backHome, labelled, type Portal, type View } from "./page";

/** Name and addresses, as far as they may be changed, and tax ids. */
export const customerView: View = (portal, _place, inFlow) => {
  const { state } = portal;
  const may = (name: string) => state.features.customer_update.includes(name);
  const fields = detailFields(state, may);
  const form = workForm(
    { submit: "Save", ...backHome(portal, inFlow) },
    async () => {
      const { next } = await portal.act("update_customer", fields.given());
      await portal.done("Your details were saved.", next);
    },
    fields.root,
  );
  return h(
    "div",
    {},
    h("h1", {}, "Your billing details"),
    fields.any ? form : undefined,
    may("tax_id") ? taxIds(portal) : undefined,
  );
};

function input(
  id: string,
  value: string | null | undefined,
  type = "text",
  autocomplete = "on",
): HTMLInputElement {
  return h("input", { id, type, value: value ?? "", autocomplete });
}

function detailFields({ customer }: PortalState, may: (name: string) => boolean) {
  const name = input("name", customer.name, "text", "name");
  const email = input("email", customer.email, "email", "email");
  const phone = input("phone", customer.phone, "tel", "tel");
  const billing = addressFields("", customer.address);
  const shippingName = input("shipping-name", customer.shipping?.name, "text", "shipping name");
  const shipping = addressFields("shipping", customer.shipping?.address ?? null);
  const root = h(
    "div",
    { class: "fields fields--two" },
    may("name") ? labelled("Name", name, "span") : undefined,
    may("email") ? labelled("Email", email) : undefined,
    may("phone") ? labelled("Phone", phone) : undefined,
    ...(may("address") ? billing.fields : []),
    ...(may("shipping") ? [labelled("Recipient", shippingName, "span"), ...shipping.fields] : []),
  );
  const given = () => ({
    ...(may("name") && { name: name.value }),
    ...(may("email") && { email: email.value }),
    ...(may("phone") && { phone: phone.value }),
    ...(may("address") && { address: billing.given() }),
    ...(may("shipping") &&
      shippingName.value !== "" && { shipping: { name: shippingName.value, address: shipping.given() } }),
  });
  return { root, given, any: root.childElementCount > 0 };
}

function addressFields(prefix: string, known: AddressState | null) {
  const id = (name: string) => (prefix ? `${prefix}-${name}` : name);
  const kind = prefix ? `${prefix} ` : "billing ";
  const label = (text: string) => (prefix ? `${text} (shipping)` : text);
  const line1 = input(id("line1"), known?.line1, "text", `${kind}address-line1`);
  const line2 = input(id("line2"), known?.line2, "text", `${kind}address-line2`);
  const zip = input(id("zip"), known?.postal_code, "text", `${kind}postal-code`);
  const city = input(id("city"), known?.city, "text", `${kind}address-level2`);
  const state = input(id("state"), known?.state, "text", `${kind}address-level1`);
  const names = countriesIn("en").map(({ code, name }): [string, string] => [code, name]);
  const country = choice([["", "Choose a country"], ...names], known?.country ?? "");
  country.id = id("country");
  return {
    fields: [
      labelled(label("Country"), country, "span"),
      labelled(label("Address"), line1, "span"),
      labelled(label("Apartment, suite (optional)"), line2, "span"),
      labelled(label("Postal code"), zip),
      labelled(label("City"), city),
      labelled(label("State or region"), state, "span"),
    ],
    given: () => ({
      line1: line1.value,
      line2: line2.value,
      postal_code: zip.value,
      city: city.value,
      state: state.value,
      country: country.value,
    }),
  };
}

function taxIds(portal: Portal): HTMLElement {
  const { tax_ids: known, tax_id_types: types } = portal.state;
  const type = choice(
    types.map((name) => [name, typeName(name)]),
    "eu_vat",
  );
  type.id = "tax-type";
  const value = input("tax-value", "", "text", "off");
  return h(
    "section",
    {},
    h("h2", {}, "Tax IDs"),
    known.length > 0
      ? h(
          "ul",
          { class: "rows" },
          ...known.map((one) =>
            h(
              "li",
              {},
              h("span", {}, `${typeName(one.type)} ${one.value} `, h("span", { class: "note" }, one.status)),
              workForm({ submit: `Remove ${one.value}`, kind: "plain" }, async () => {
                await portal.act("remove_tax_id", { tax_id: one.id });
                await portal.done("The tax ID was removed.", null);
              }),
            ),
          ),
        )
      : undefined,
    workForm(
      { submit: "Add tax ID", kind: "quiet" },
      async () => {
        await portal.act("add_tax_id", { type: type.value, value: value.value });
        await portal.done("The tax ID was added.", null);
      },
      h("div", { class: "fields fields--two" }, labelled("Type", type), labelled("Number", value)),
    ),
  );
}

function typeName(type: string): string {
  const [country = "", ...rest] = type.split("_");
  return `${country.toUpperCase()} ${rest.join(" ").toUpperCase()}`.trim();
}
