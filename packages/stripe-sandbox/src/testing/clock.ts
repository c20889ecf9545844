import type Stripe from "stripe";
import { makeCustomer, makePrice } from "./world";

export const day = 86_400;
export const hour = 3600;

export interface ClockWorld {
  clock: Stripe.TestHelpers.TestClock;
  customer: Stripe.Customer;
  price: Stripe.Price;
  /** Advances to a moment and waits until the clock is there. */
  to(moment: number): Promise<void>;
}

interface Given {
  start?: number;
  card?: string | null;
  amount?: number;
  recurring?: Stripe.PriceCreateParams.Recurring;
}

/** A customer of a test clock, with a card unless it is null, and a price to subscribe to. */
export async function makeClock(stripe: Stripe, given: Given = {}): Promise<ClockWorld> {
  const { start = Date.UTC(2026, 0, 15) / 1000, card = "pm_card_visa" } = given;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
  const price = await makePrice(stripe, {
    amount: given.amount ?? 2000,
    recurring: given.recurring ?? { interval: "month" },
  });
  const customer = await makeCustomer(stripe, card ?? undefined, { test_clock: clock.id });
  return { clock, customer, price, to: (moment) => advanceClock(stripe, clock.id, moment) };
}

export async function advanceClock(stripe: Stripe, id: string, moment: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(id, { frozen_time: moment });
  for (;;) {
    const { status } = await stripe.testHelpers.testClocks.retrieve(id);
    if (status === "ready") return;
    if (status !== "advancing") throw new Error(`The test clock is ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export async function latestInvoice(stripe: Stripe, subscription: string): Promise<Stripe.Invoice> {
  const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(subscription, {
    expand: ["latest_invoice"],
  });
  if (invoice === null || typeof invoice === "string") throw new Error("There is no latest invoice");
  return invoice;
}
