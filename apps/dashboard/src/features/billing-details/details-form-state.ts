import type { BillingDetailsView } from "@farebox/billing";
import { addressProblems, type BillingAddress } from "@farebox/billing/schemas/billing-details";

export interface DetailsDraft extends BillingAddress {
  name: string;
  email: string;
  phone: string;
  language: string;
}

export type DetailsField = keyof DetailsDraft;
export type DetailsErrors = Partial<Record<DetailsField, string>>;

const noAddress: BillingAddress = { line1: "", line2: "", city: "", state: "", postalCode: "", country: "" };

export const draftOf = ({ name, email, phone, language, address }: BillingDetailsView): DetailsDraft => ({
  name,
  email,
  phone,
  language,
  ...(address ?? noAddress),
});

const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** An address is all or nothing: without a country and a street there is none. */
export function hasAddress({ line1, line2, city, state, postalCode, country }: DetailsDraft): boolean {
  return [line1, line2, city, state, postalCode, country].some((part) => part.trim() !== "");
}

export function detailsErrors(draft: DetailsDraft): DetailsErrors {
  const errors: DetailsErrors = hasAddress(draft) ? addressProblems(draft) : {};
  if (!draft.name.trim()) errors.name = "Enter the name that stands on your invoices.";
  if (!looksLikeEmail.test(draft.email.trim()))
    errors.email = "Enter an email address such as ana@example.com.";
  if (draft.phone.trim().length > 20) errors.phone = "Use at most 20 characters.";
  return errors;
}

export function addressIn({
  line1,
  line2,
  city,
  state,
  postalCode,
  country,
}: DetailsDraft): BillingAddress | null {
  const address = { line1, line2, city, state, postalCode, country };
  return Object.values(address).some((part) => part.trim() !== "") ? address : null;
}
