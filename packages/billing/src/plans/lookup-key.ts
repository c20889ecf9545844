import type { Interval } from "./units";

/** How a catalogue price is found at Stripe; never by its id. */
export const lookupKey = (planId: string, interval: Interval, currency: string) =>
  `${planId}_${interval}_${currency}`;
