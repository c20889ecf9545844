import type { InvoiceSummary } from "@farebox/billing";

/** A draft has no number yet. */
export const invoiceName = ({ number }: Pick<InvoiceSummary, "number">): string => number ?? "Draft";
