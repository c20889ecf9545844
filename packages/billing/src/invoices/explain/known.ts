import type { Rate } from "../../plans/pricing";
import type { CreditPart, DiscountPart, TaxPart } from "../parts";

/** In seconds, as Stripe counts. */
export interface Span {
  start: number;
  end: number;
}

export interface ExplainedLine extends Span {
  id: string;
  amount: number;
  quantity: string | null;
  unitAmount: string | null;
  proration: boolean;
  ofSubscription: boolean;
  priceId: string | null;
  productId: string | null;
  creditedLineIds: readonly string[];
  discounts: readonly Pick<DiscountPart, "discount" | "amount">[];
  credits: readonly CreditPart[];
  taxes: readonly TaxPart[];
}

export interface CreditedLine extends Span {
  id: string;
  amount: number;
  /** What discounts took off it. */
  off: number;
  invoiceId: string;
  invoiceNumber: string | null;
}

export interface CouponTerms {
  name: string | null;
  /** Decimal. */
  percentOff: string | null;
  amountOff: number | null;
}

export interface KnownPrice {
  rate: Rate;
  /** What it charges for, of the catalogue's words; null for a price made by hand. */
  kind: string | null;
  interval: string | null;
  intervalCount: number;
  metered: boolean;
}

/** Everything beside the line that its explanation may need. */
export interface Known {
  price: KnownPrice | null;
  product: string | null;
  credited: readonly CreditedLine[];
  /** Whole periods of what the line is for, where they are known. */
  periods: readonly Span[];
  /** Discounts that may have been on the subscription. */
  coupons: readonly CouponTerms[];
  discounts: ReadonlyMap<string, CouponTerms & { code: string | null }>;
  rates: ReadonlyMap<string, { name: string; percentage: string }>;
}
