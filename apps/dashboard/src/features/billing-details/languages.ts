import { invoiceLanguages } from "@farebox/billing/schemas/billing-details";

export type InvoiceLanguage = (typeof invoiceLanguages)[number];

export const isInvoiceLanguage = (word: string): word is InvoiceLanguage =>
  (invoiceLanguages as readonly string[]).includes(word);
