import type Stripe from "stripe";
import { mirrorList } from "../db/sql/mirror-list";
import { idOf, instant, storable } from "../stripe/fields";
import {
  type CreditPart,
  creditParts,
  type DiscountPart,
  discountPart,
  type TaxPart,
  taxPart,
} from "./parts";

interface InvoiceLineRow {
  id: string;
  position: number;
  description: string | null;
  amount: number;
  currency: string;
  quantity: number | null;
  priceId: string | null;
  proration: boolean;
  periodStart: Date;
  periodEnd: Date;
  parentType: string | null;
  subscriptionItemId: string | null;
  productId: string | null;
  quantityDecimal: string | null;
  unitAmountDecimal: string | null;
  creditedLineIds: string[];
  discounts: Omit<DiscountPart, "coupon" | "code">[];
  credits: CreditPart[];
  taxes: TaxPart[];
}

export const writeLines = mirrorList<InvoiceLineRow>("invoice_line", "invoice_id", {
  id: "text",
  position: "int",
  description: "text",
  amount: "bigint",
  currency: "text",
  quantity: "bigint",
  priceId: "text",
  proration: "boolean",
  periodStart: "timestamptz",
  periodEnd: "timestamptz",
  parentType: "text",
  subscriptionItemId: "text",
  productId: "text",
  quantityDecimal: "text",
  unitAmountDecimal: "text",
  creditedLineIds: "jsonb",
  discounts: "jsonb",
  credits: "jsonb",
  taxes: "jsonb",
});

export const lineRows = (lines: readonly Stripe.InvoiceLineItem[]): InvoiceLineRow[] =>
  lines.map((line, position) => {
    const ofSubscription = line.parent?.subscription_item_details;
    const ofItem = line.parent?.invoice_item_details;
    const details = ofSubscription ?? ofItem;
    return {
      id: line.id,
      position,
      description: storable(line.description),
      amount: line.amount,
      currency: line.currency,
      quantity: line.quantity,
      priceId: idOf(line.pricing?.price_details?.price),
      proration: details?.proration ?? false,
      periodStart: instant(line.period.start),
      periodEnd: instant(line.period.end),
      parentType: line.parent?.type ?? null,
      subscriptionItemId: ofSubscription?.subscription_item ?? null,
      productId: line.pricing?.price_details?.product ?? null,
      quantityDecimal: decimalText(line.quantity_decimal),
      unitAmountDecimal: decimalText(line.pricing?.unit_amount_decimal),
      creditedLineIds: details?.proration_details?.credited_items?.invoice_line_items ?? [],
      discounts: (line.discount_amounts ?? []).map(discountPart).map(({ discount, amount }) => ({
        discount,
        amount,
      })),
      credits: creditParts(line),
      taxes: (line.taxes ?? []).map(taxPart),
    };
  });

/** The SDK reads decimals into objects of its own. */
const decimalText = (decimal: { toString(): string } | string | null | undefined): string | null =>
  decimal === null || decimal === undefined ? null : String(decimal);
