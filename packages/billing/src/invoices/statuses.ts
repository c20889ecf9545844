/** What an invoice may be for a customer; drafts are not theirs yet. */
export const invoiceStatuses = ["open", "paid", "void", "uncollectible"] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];
