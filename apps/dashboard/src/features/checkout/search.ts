import type { Currency, Interval } from "@farebox/billing";
import { currencies, intervals } from "@farebox/billing/schemas";
import { oneOf, textParam } from "../../lib/paths";

/** What the address says is being bought. The plan is checked against the catalogue of the API. */
export interface CheckoutSearch {
  plan?: string;
  interval: Interval;
  currency: Currency;
  /** Of a plan that has them. */
  seats?: number;
}

export function checkoutSearch(search: Record<string, unknown>): CheckoutSearch {
  return {
    plan: textParam(search.plan),
    interval: oneOf(intervals, search.interval) ?? "month",
    currency: oneOf(currencies, search.currency) ?? "usd",
    seats: seatsParam(search.seats),
  };
}

const seatsParam = (seats: unknown): number | undefined =>
  Number.isSafeInteger(Number(seats)) && Number(seats) > 0 ? Number(seats) : undefined;

/** Stripe's own parameters; `redirect_status` is a hint and proves nothing. */
export interface CheckoutReturnSearch {
  payment_intent?: string;
  setup_intent?: string;
  redirect_status?: string;
}

export function checkoutReturnSearch(search: Record<string, unknown>): CheckoutReturnSearch {
  return {
    payment_intent: textParam(search.payment_intent),
    setup_intent: textParam(search.setup_intent),
    redirect_status: textParam(search.redirect_status),
  };
}
