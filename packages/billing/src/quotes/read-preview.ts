import type Stripe from "stripe";
import type { ChangeQuote, QuoteLine } from "./schemas";

export type QuotedMoney = Pick<
  ChangeQuote,
  "lines" | "discount" | "tax" | "total" | "balance" | "dueNow" | "creditAfter" | "currency"
>;

/** As Stripe has it: sum of lines − discount + tax = total, total + balance = due. */
export function moneyView(preview: Stripe.Invoice): QuotedMoney {
  const { total, amount_due: dueNow, currency } = preview;
  const added = preview.total_taxes?.filter((tax) => tax.tax_behavior === "exclusive") ?? null;
  return {
    lines: preview.lines.data.map(lineView),
    discount: sum(preview.total_discount_amounts),
    tax: sum(added),
    total,
    balance: total < 0 ? 0 : dueNow - total,
    dueNow,
    creditAfter: Math.max(0, -(preview.ending_balance ?? preview.starting_balance + Math.min(total, 0))),
    currency,
  };
}

export const nothingNow = (currency: string): QuotedMoney => ({
  lines: [],
  discount: 0,
  tax: 0,
  total: 0,
  balance: 0,
  dueNow: 0,
  creditAfter: 0,
  currency,
});

function lineView(line: Stripe.InvoiceLineItem): QuoteLine {
  const prorated = isProration(line);
  const kind = prorated ? (line.amount < 0 ? "unused" : "remaining") : "period";
  return { kind, description: line.description ?? "", amount: line.amount };
}

export const isProration = (line: Stripe.InvoiceLineItem): boolean =>
  line.parent?.subscription_item_details?.proration === true;

export const sum = (amounts: { amount: number }[] | null): number =>
  (amounts ?? []).reduce((total, { amount }) => total + amount, 0);
