import type Stripe from "stripe";
import type { SessionGiven } from "./resources/checkout/params";
import type { Wire } from "./wire";

/** Its line items live in their own table. */
export type CheckoutSession = Omit<Wire<Stripe.Checkout.Session>, "line_items">;

type Line = Wire<Stripe.LineItem>;
export type CheckoutItem = Omit<Line, "price" | "discounts" | "taxes"> & {
  session: string;
  price: string;
  rates: string[];
  position: number;
  discounts: { amount: number; discount: string }[];
  taxes: { amount: number; rate: string; taxability_reason: string | null; taxable_amount: number }[];
};

/** What was typed on the page. */
export interface Buyer {
  email: string | null;
  name: string | null;
  phone: string | null;
  business_name: string | null;
  individual_name: string | null;
  address: Stripe.Address | null;
  tax_id: { type: string; value: string } | null;
}

/** What a session keeps for itself: what it was asked, and the attempt to pay that is under way. */
export interface CheckoutOrder {
  id: string;
  given: Pick<
    SessionGiven,
    | "customer_update"
    | "payment_intent_data"
    | "payment_method_data"
    | "setup_intent_data"
    | "subscription_data"
    | "invoice_creation"
  >;
  /** Applied, and counted as redeemed only on completion. */
  discount: string | null;
  /** Of the attempt: a payment or a setup intent. */
  intent: string | null;
  method: string | null;
  customer: string | null;
  /** Waits for its first payment. */
  subscription: string | null;
  /** What the incomplete subscription was made for. */
  bought: string | null;
  buyer: Buyer | null;
  recovery_token: string | null;
}
