import { invalid } from "../../http/errors";
import { fullAddress } from "../../http/params";
import type { Buyer, CheckoutSession } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { isValidTaxId, taxIdTypes } from "../tax-ids/types";
import type { Completion } from "./completion";

export function readBuyer(read: Read, session: CheckoutSession, given: Completion): Buyer {
  const customer = read.get("customers", session.customer ?? "");
  const email = customer?.email ?? given.email ?? session.customer_email;
  if (!email) throw missing("email", "Your email address is required.");
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw invalid("Your email address is invalid.", "email_invalid", "email");
  if (session.phone_number_collection?.enabled && !given.phone && !customer?.phone)
    throw missing("phone", "Your phone number is required.");
  const { business, individual } = session.name_collection ?? {};
  if (business?.enabled && !business.optional && !given.business_name)
    throw missing("business_name", "The name of your business is required.");
  if (individual?.enabled && !individual.optional && !given.individual_name)
    throw missing("individual_name", "Your name is required.");
  return {
    email,
    name: given.name || null,
    phone: given.phone || null,
    business_name: (business?.enabled && given.business_name) || null,
    individual_name: (individual?.enabled && given.individual_name) || null,
    address: readAddress(session, given),
    tax_id: readTaxId(session, given),
  };
}

function readAddress(session: CheckoutSession, { address }: Completion): Buyer["address"] {
  if (session.billing_address_collection !== "required") return address ? fullAddress(address) : null;
  if (!address?.line1 || !address.country || !address.city || !address.postal_code)
    throw missing("address", "Your billing address is required: street, city, postal code and country.");
  return fullAddress(address);
}

function readTaxId(session: CheckoutSession, { tax_id: given }: Completion): Buyer["tax_id"] {
  if (!session.tax_id_collection?.enabled) return null;
  if (!given?.value) {
    if (session.tax_id_collection.required === "if_supported")
      throw missing("tax_id", "Your tax ID is required.");
    return null;
  }
  if (!given.type || !taxIdTypes.has(given.type) || !isValidTaxId(given.type, given.value))
    throw invalid("This tax ID is invalid.", "tax_id_invalid", "tax_id");
  return { type: given.type, value: given.value };
}

/** Answers and consent, as the session shows them. */
export function keepAnswers(tx: Tx, session: CheckoutSession, given: Completion): void {
  const terms = session.consent_collection?.terms_of_service === "required";
  if (terms && !given.terms_accepted)
    throw missing("terms_accepted", "You must agree to the terms of service to continue.");
  const fields = session.custom_fields.map((field) => answered(field, given.custom_fields?.[field.key]));
  tx.patch("checkout_sessions", session.id, {
    custom_fields: fields,
    ...(terms && { consent: { promotions: null, terms_of_service: "accepted" as const } }),
  });
}

type Field = CheckoutSession["custom_fields"][number];

function answered(field: Field, given: string | undefined): Field {
  const kind = field.dropdown ?? field.numeric ?? field.text;
  const value = given || kind?.default_value || null;
  const label = field.label.custom ?? field.key;
  if (!value && !field.optional) throw missing(`custom_fields[${field.key}]`, `${label} is required.`);
  if (value) checkAnswer(field, value, label);
  return {
    ...field,
    ...(field.dropdown && { dropdown: { ...field.dropdown, value } }),
    ...(field.numeric && { numeric: { ...field.numeric, value } }),
    ...(field.text && { text: { ...field.text, value } }),
  };
}

function checkAnswer({ key, dropdown, numeric, text }: Field, value: string, label: string): void {
  const limits = numeric ?? text;
  const tooShort = value.length < (limits?.minimum_length ?? 0);
  const tooLong = value.length > (limits?.maximum_length ?? 255);
  const unknown = dropdown && !dropdown.options.some((option) => option.value === value);
  if (!unknown && !tooShort && !tooLong && !(numeric && !/^\d+$/.test(value))) return;
  throw invalid(`${label} is invalid.`, undefined, `custom_fields[${key}]`);
}

function missing(param: string, sentence: string) {
  return invalid(sentence, "parameter_missing", param);
}
