import type Stripe from "stripe";
import { idOf } from "../stripe/fields";

/** What a discount took off, as the mirror keeps it. Coupon and code are known where Stripe told them. */
export interface DiscountPart {
  discount: string;
  coupon: string | null;
  code: string | null;
  amount: number;
}

export interface TaxPart {
  rate: string | null;
  amount: number;
  inclusive: boolean;
  reason: string;
  taxable: number | null;
}

/** What credits at Stripe paid of a line, before tax. */
export interface CreditPart {
  credit: string;
  amount: number;
}

type AnyDiscount = string | Stripe.Discount | Stripe.DeletedDiscount;

export function discountPart({ amount, discount }: { amount: number; discount: AnyDiscount }): DiscountPart {
  const whole = typeof discount === "string" ? null : discount;
  return {
    discount: idOf(discount) ?? "",
    coupon: idOf(whole?.source?.coupon),
    code: idOf(whole?.promotion_code),
    amount,
  };
}

type AnyTax = Stripe.Invoice.TotalTax | Stripe.InvoiceLineItem.Tax;

export const taxPart = (tax: AnyTax): TaxPart => ({
  rate: tax.tax_rate_details?.tax_rate ?? null,
  amount: tax.amount,
  inclusive: tax.tax_behavior === "inclusive",
  reason: tax.taxability_reason,
  taxable: tax.taxable_amount,
});

export const creditParts = (line: Stripe.InvoiceLineItem): CreditPart[] =>
  (line.pretax_credit_amounts ?? []).flatMap(({ type, amount, credit_balance_transaction: credit }) =>
    type === "credit_balance_transaction" ? [{ credit: idOf(credit) ?? "", amount }] : [],
  );
