import { z } from "zod";
import { type AddressField, addressProblems, invoiceLanguages } from "./rules";
import { taxIdKindIds, taxIdProblem, tidyTaxId } from "./tax-ids";

const line = z.string().trim().max(200);

const Address = z
  .object({ line1: line, line2: line, city: line, state: line, postalCode: line, country: line })
  .superRefine((address, { addIssue }) => {
    for (const [field, message] of Object.entries(addressProblems(address)))
      addIssue({ code: "custom", path: [field as AddressField], message });
  });

export const UpdateBillingDetailsInput = z.object({
  operationId: z.uuid(),
  name: z.string().trim().min(1, "Enter a name.").max(200),
  /** Invoices and receipts go there. */
  email: z.email("Enter an email address such as ana@example.com.").max(254),
  phone: z.string().trim().max(20),
  /** Null takes it off the invoices to come. */
  address: Address.nullable(),
  language: z.enum(invoiceLanguages),
});
export type UpdateBillingDetailsInput = z.infer<typeof UpdateBillingDetailsInput>;

export const AddTaxIdInput = z
  .object({
    operationId: z.uuid(),
    kind: z.enum(taxIdKindIds),
    value: z.string().max(60).transform(tidyTaxId),
  })
  .superRefine(({ kind, value }, { addIssue }) => {
    const message = taxIdProblem(kind, value);
    if (message) addIssue({ code: "custom", path: ["value"], message });
  });
export type AddTaxIdInput = z.infer<typeof AddTaxIdInput>;

export const RemoveTaxIdInput = z.object({ operationId: z.uuid(), taxId: z.string().min(1).max(100) });
export type RemoveTaxIdInput = z.infer<typeof RemoveTaxIdInput>;

export interface TaxIdView {
  id: string;
  kind: string;
  value: string;
  country: string | null;
  /** unavailable where no register can be asked. */
  status: "pending" | "verified" | "unverified" | "unavailable";
  verifiedName: string | null;
}

export interface BillingDetailsView {
  name: string;
  email: string;
  phone: string;
  address: {
    line1: string;
    line2: string;
    city: string;
    state: string;
    postalCode: string;
    country: string;
  } | null;
  language: string;
  taxExempt: string;
  taxIds: TaxIdView[];
}
