import type Stripe from "stripe";
import { advanceClock, day } from "./clock";

/** What a history has made so far, by kind. */
export interface Made {
  clocks: string[];
  customers: string[];
  cards: string[];
  prices: string[];
  subscriptions: string[];
  invoices: string[];
  payments: string[];
  coupons: string[];
  schedules: string[];
}

interface Moment {
  stripe: Stripe;
  made: Made;
  /** One of several, by the numbers of the step; nothing when there is none yet. */
  one<T>(values: readonly T[], at?: 0 | 1 | 2): T;
  numbers: [number, number, number];
}

type Act = (moment: Moment) => Promise<unknown>;

const cards = [
  "pm_card_visa",
  "pm_card_visa",
  "pm_card_mastercard",
  "pm_card_chargeCustomerFail",
  "pm_card_authenticationRequired",
  "pm_card_createDispute",
  "pm_card_refundFail",
  "pm_card_pendingRefund",
] as const;
const recurring = [
  { interval: "month" },
  { interval: "week" },
  { interval: "day", interval_count: 30 },
  { interval: "year" },
] as const;

const people: Record<string, Act> = {
  async meet({ stripe, made, one, numbers }) {
    const clock = numbers[0] % 3 > 0 ? await newClock(stripe, made) : undefined;
    const { id } = await stripe.customers.create({ name: "Ada", ...(clock && { test_clock: clock }) });
    made.customers.push(id);
    await giveCard(stripe, made, id, one(cards, 1));
  },
  giveCard: ({ stripe, made, one }) => giveCard(stripe, made, one(made.customers), one(cards, 1)),
  rename: ({ stripe, made, one, numbers }) =>
    stripe.customers.update(one(made.customers), {
      name: `Ada ${numbers[1] % 3}`,
      metadata: { [`k${numbers[2] % 3}`]: numbers[1] % 2 ? "v" : "" },
    }),
  owe: ({ stripe, made, one, numbers }) =>
    stripe.customers.update(one(made.customers), { balance: (numbers[1] % 4000) - 2000 }),
  credit: ({ stripe, made, one, numbers }) =>
    stripe.customers.createBalanceTransaction(one(made.customers), {
      amount: -(numbers[1] % 900) - 1,
      currency: "usd",
    }),
  detach: ({ stripe, made, one }) => stripe.paymentMethods.detach(one(made.cards)),
  saveCard: ({ stripe, made, one }) =>
    stripe.setupIntents.create({
      customer: one(made.customers),
      payment_method: one(cards, 1),
      confirm: true,
      return_url: "https://example.com",
    }),
  forget: ({ stripe, made, one, numbers }) =>
    numbers[1] % 3 === 0 ? stripe.customers.del(one(made.customers)) : Promise.resolve(),
};

const catalogue: Record<string, Act> = {
  async offer({ stripe, made, one, numbers }) {
    const { id } = await stripe.prices.create({
      product_data: { name: "Plan" },
      currency: "usd",
      unit_amount: numbers[0] % 5000,
      recurring: one(recurring, 1),
    });
    made.prices.push(id);
  },
  async discount({ stripe, made, numbers }) {
    const { id } = await stripe.coupons.create({
      duration: (["once", "forever"] as const)[numbers[0] % 2] ?? "once",
      ...(numbers[1] % 2 ? { percent_off: (numbers[2] % 99) + 1 } : { amount_off: 300, currency: "usd" }),
    });
    made.coupons.push(id);
  },
  retire: ({ stripe, made, one }) => stripe.coupons.del(one(made.coupons)),
  relabel: ({ stripe, made, one, numbers }) =>
    stripe.prices.update(one(made.prices), { nickname: `N${numbers[1] % 4}`, metadata: { a: "b" } }),
};

const subscribing: Record<string, Act> = {
  async subscribe({ stripe, made, one, numbers }) {
    const coupon = numbers[2] % 3 === 0 ? made.coupons.at(-1) : undefined;
    const { id } = await stripe.subscriptions.create({
      customer: one(made.customers),
      items: [{ price: one(made.prices, 1), quantity: (numbers[2] % 4) + 1 }],
      billing_mode: { type: numbers[0] % 2 ? "classic" : "flexible" },
      ...(numbers[1] % 4 === 0 && { trial_period_days: 5 }),
      ...(coupon && { discounts: [{ coupon }] }),
    });
    made.subscriptions.push(id);
  },
  async change({ stripe, made, one, numbers }) {
    const { id, items } = await stripe.subscriptions.retrieve(one(made.subscriptions));
    return stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id ?? "", price: one(made.prices, 1), quantity: (numbers[2] % 5) + 1 }],
      proration_behavior:
        (["always_invoice", "create_prorations", "none"] as const)[numbers[2] % 3] ?? "none",
      ...(numbers[0] % 4 === 0 && { payment_behavior: "pending_if_incomplete" as const }),
    });
  },
  add: ({ stripe, made, one }) =>
    stripe.subscriptionItems.create({ subscription: one(made.subscriptions), price: one(made.prices, 1) }),
  leaveLater: ({ stripe, made, one, numbers }) =>
    stripe.subscriptions.update(one(made.subscriptions), { cancel_at_period_end: numbers[1] % 2 === 0 }),
  leave: ({ stripe, made, one, numbers }) =>
    stripe.subscriptions.cancel(one(made.subscriptions), {
      prorate: numbers[1] % 2 === 0,
      invoice_now: numbers[2] % 2 === 0,
    }),
  pause: ({ stripe, made, one }) => stripe.subscriptions.pause(one(made.subscriptions)),
  resume: ({ stripe, made, one }) => stripe.subscriptions.resume(one(made.subscriptions)),
  hold: ({ stripe, made, one, numbers }) =>
    stripe.subscriptions.update(one(made.subscriptions), {
      pause_collection: numbers[1] % 2 ? { behavior: "void" } : "",
    }),
  reduce: ({ stripe, made, one }) =>
    stripe.subscriptions.update(one(made.subscriptions), { discounts: [{ coupon: one(made.coupons, 1) }] }),
  deleteDiscount: ({ stripe, made, one }) => stripe.subscriptions.deleteDiscount(one(made.subscriptions)),
  async plan({ stripe, made, one }) {
    const { id } = await stripe.subscriptionSchedules.create({ from_subscription: one(made.subscriptions) });
    made.schedules.push(id);
  },
  unplan: ({ stripe, made, one, numbers }) =>
    numbers[1] % 2
      ? stripe.subscriptionSchedules.release(one(made.schedules))
      : stripe.subscriptionSchedules.cancel(one(made.schedules)),
};

const paying: Record<string, Act> = {
  item: ({ stripe, made, one, numbers }) =>
    stripe.invoiceItems.create({
      customer: one(made.customers),
      amount: (numbers[1] % 3000) - 500,
      currency: "usd",
    }),
  async bill({ stripe, made, one }) {
    const { id } = await stripe.invoices.create({
      customer: one(made.customers),
      pending_invoice_items_behavior: "include",
    });
    made.invoices.push(id);
  },
  async sell({ stripe, made, one, numbers }) {
    const { id } = await stripe.invoices.create({ customer: one(made.customers), currency: "usd" });
    made.invoices.push(id);
    await stripe.invoices.addLines(id, {
      lines: [{ amount: (numbers[1] % 5000) + 100, description: "Work" }],
    });
    if (numbers[2] % 3 > 0) await stripe.invoices.finalizeInvoice(id);
  },
  finalize: ({ stripe, made, one }) => stripe.invoices.finalizeInvoice(one(made.invoices)),
  pay: ({ stripe, made, one }) => stripe.invoices.pay(one(made.invoices)),
  voidInvoice: ({ stripe, made, one, numbers }) =>
    numbers[1] % 2
      ? stripe.invoices.voidInvoice(one(made.invoices))
      : stripe.invoices.markUncollectible(one(made.invoices)),
  drop: ({ stripe, made, one }) => stripe.invoices.del(one(made.invoices)),
  async latest({ stripe, made, one }) {
    const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(one(made.subscriptions));
    if (invoice) made.invoices.push(String(invoice));
  },
  giveBack: ({ stripe, made, one, numbers }) =>
    stripe.creditNotes.create({
      invoice: one(made.invoices),
      amount: (numbers[1] % 700) + 1,
      ...(numbers[2] % 2 && { credit_amount: (numbers[1] % 700) + 1 }),
    }),
  async charge({ stripe, made, one, numbers }) {
    const { id } = await stripe.paymentIntents.create({
      amount: (numbers[1] % 5000) + 50,
      currency: "usd",
      payment_method: one(cards, 2),
      confirm: true,
      capture_method: numbers[0] % 5 === 0 ? "manual" : "automatic",
      return_url: "https://example.com",
    });
    made.payments.push(id);
  },
  capture: ({ stripe, made, one }) => stripe.paymentIntents.capture(one(made.payments)),
  refund: ({ stripe, made, one, numbers }) =>
    stripe.refunds.create({ payment_intent: one(made.payments), amount: (numbers[1] % 3000) + 1 }),
};

const passing: Record<string, Act> = {
  async wait({ stripe, made, one, numbers }) {
    const clock = one(made.clocks);
    const { frozen_time: now } = await stripe.testHelpers.testClocks.retrieve(clock);
    await advanceClock(stripe, clock, now + ((numbers[1] % 40) + 1) * day);
  },
  forgetClock: ({ stripe, made, one, numbers }) =>
    numbers[1] % 4 === 0 ? stripe.testHelpers.testClocks.del(one(made.clocks)) : Promise.resolve(),
};

/** Everything that can happen, by name. */
export const acts = { ...people, ...catalogue, ...subscribing, ...paying, ...passing };

async function newClock(stripe: Stripe, made: Made): Promise<string> {
  const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: Date.UTC(2026, 0, 31) / 1000 });
  made.clocks.push(id);
  return id;
}

async function giveCard(stripe: Stripe, made: Made, customer: string, card: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  made.cards.push(id);
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}
