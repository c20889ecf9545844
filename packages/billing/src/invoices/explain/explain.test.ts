import fc from "fast-check";
import StripeSdk, { type Stripe } from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, harness } from "../../testing/harness";
import { until } from "../../testing/until";
import { invoiceDetail } from "../detail";
import type { InvoiceDetail } from "../schemas";

let h: Harness;
let shop: Shop;
const start = Date.parse("2026-01-31T09:30:00Z") / 1000;
const day = 86_400;

interface Shop {
  /** By currency. */
  prices: Record<string, string[]>;
  coupons: Record<string, string[]>;
  rates: string[];
}

beforeAll(async () => {
  h = await harness();
  shop = await openShop(h.stripe);
  await h.quiet();
}, 60_000);
afterAll(() => h.close());

async function openShop(stripe: Stripe): Promise<Shop> {
  const monthly = { interval: "month" } as const;
  const price = (fields: Partial<Stripe.PriceCreateParams>, currency: string, name: string) =>
    stripe.prices.create({ currency, product_data: { name }, recurring: monthly, ...fields });
  const tiers = [
    { up_to: 3, unit_amount: 1000 },
    { up_to: 8, unit_amount_decimal: StripeSdk.Decimal.from("733.35"), flat_amount: 250 },
    { up_to: "inf" as const, unit_amount: 500 },
  ];
  const forCurrency = (currency: string) =>
    Promise.all([
      price({ unit_amount: 1999 }, currency, "Basic"),
      price({ unit_amount: 7350 }, currency, "Plus"),
      price({ unit_amount: 19_000, recurring: { interval: "year" } }, currency, "Yearly"),
      price({ unit_amount_decimal: StripeSdk.Decimal.from("333.25") }, currency, "Seat"),
      price({ billing_scheme: "tiered", tiers_mode: "graduated", tiers }, currency, "Graduated"),
      price({ billing_scheme: "tiered", tiers_mode: "volume", tiers }, currency, "Volume"),
      price({ unit_amount: 700, transform_quantity: { divide_by: 3, round: "up" } }, currency, "Package"),
    ]).then((made) => made.map(({ id }) => id));
  const couponsFor = (currency: string) =>
    Promise.all([
      stripe.coupons.create({ percent_off: 33.3, duration: "forever" }),
      stripe.coupons.create({ amount_off: 555, currency, duration: "once", name: "Welcome" }),
    ]).then((made) => made.map(({ id }) => id));
  const [usd = [], jpy = [], kwd = []] = await Promise.all(["usd", "jpy", "kwd"].map(forCurrency));
  const [usdOff = [], jpyOff = [], kwdOff = []] = await Promise.all(["usd", "jpy", "kwd"].map(couponsFor));
  const rates = await Promise.all([
    stripe.taxRates.create({ display_name: "VAT", percentage: 19, inclusive: false }),
    stripe.taxRates.create({ display_name: "GST", percentage: 7.7, inclusive: true }),
  ]);
  return {
    prices: { usd, jpy, kwd },
    coupons: { usd: usdOff, jpy: jpyOff, kwd: kwdOff },
    rates: rates.map(({ id }) => id),
  };
}

const pick = <Value>(values: readonly Value[] | undefined, at: number): Value => {
  const value = values?.[at % values.length];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
};

interface History {
  currency: string;
  mode: "classic" | "flexible";
  plan: number;
  quantity: number;
  coupon: number | null;
  tax: number | null;
  trialDays: number;
  balance: number;
  acts: { kind: "quantity" | "plan" | "wait" | "extra" | "add" | "coupon" | "credit"; by: number }[];
  ends: boolean;
}

const histories: fc.Arbitrary<History> = fc.record({
  currency: fc.constantFrom("usd", "jpy", "kwd"),
  mode: fc.constantFrom("classic", "flexible"),
  plan: fc.nat(6),
  quantity: fc.integer({ min: 1, max: 12 }),
  coupon: fc.option(fc.nat(1)),
  tax: fc.option(fc.nat(1)),
  trialDays: fc.constantFrom(0, 0, 0, 10),
  balance: fc.constantFrom(0, 0, -700, 300),
  acts: fc.array(
    fc.record({
      kind: fc.constantFrom("quantity", "plan", "wait", "wait", "wait", "extra", "add", "coupon", "credit"),
      by: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 3, maxLength: 8 },
  ),
  ends: fc.boolean(),
}) as fc.Arbitrary<History>;

async function live(history: History): Promise<InvoiceDetail[]> {
  const { stripe } = h;
  const { currency, plan, quantity, coupon, tax, trialDays, balance } = history;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
  const customer = await stripe.customers.create({ name: "Property", test_clock: clock.id });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: card.id },
    balance,
  });
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: pick(shop.prices[currency], plan), quantity }],
    billing_mode: { type: history.mode },
    ...(coupon !== null && { discounts: [{ coupon: pick(shop.coupons[currency], coupon) }] }),
    ...(tax !== null && { default_tax_rates: [pick(shop.rates, tax)] }),
    ...(trialDays > 0 && { trial_period_days: trialDays }),
  });
  let now = start;
  for (const act of history.acts) {
    now = await carryOut(act, { history, now, clock: clock.id, made, customer }).catch(
      whatStripeRefuses(now),
    );
  }
  if (history.ends) await stripe.subscriptions.cancel(made.id, { prorate: true, invoice_now: true });
  await h.quiet();
  const { id } = await h.db.customer.findFirstOrThrow({ where: { stripeCustomerId: customer.id } });
  const invoices = await h.db.invoice.findMany({ where: { customerId: id }, select: { id: true } });
  const { ctx } = await h.asStaff("viewer");
  return Promise.all(invoices.map((invoice) => invoiceDetail(ctx, id, invoice.id)));
}

/** Some combinations cannot be had; then that step of the history is missing. */
const whatStripeRefuses = (now: number) => (error: unknown) => {
  if (error instanceof StripeSdk.errors.StripeInvalidRequestError) return now;
  throw error;
};

interface Scene {
  history: History;
  now: number;
  clock: string;
  made: Stripe.Subscription;
  customer: Stripe.Customer;
}

async function carryOut({ kind, by }: History["acts"][number], scene: Scene): Promise<number> {
  const { stripe } = h;
  const { history, clock, made, customer, now } = scene;
  const { currency } = history;
  const proration_behavior = by % 2 === 0 ? "create_prorations" : "always_invoice";
  const current = await stripe.subscriptions.retrieve(made.id);
  const [item] = current.items.data;
  if (!item || current.status === "canceled") return now;
  const prices = shop.prices[currency];
  switch (kind) {
    case "wait": {
      const to = now + by * day + by * 137;
      await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
      const isThere = async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status === "ready";
      await until("the clock", isThere);
      return to;
    }
    case "quantity":
      await stripe.subscriptions.update(made.id, {
        items: [{ id: item.id, quantity: by }],
        proration_behavior,
      });
      return now;
    case "plan":
      await stripe.subscriptions.update(made.id, {
        items: [{ id: item.id, price: pick(prices, by), quantity: (by % 5) + 1 }],
        proration_behavior,
      });
      return now;
    case "add": {
      const interval = item.price.recurring?.interval;
      const extra = pick(prices, interval === "year" ? 2 : ([0, 1, 3, 5][by % 4] ?? 0));
      if (current.items.data.some(({ price }) => price.id === extra)) return now;
      await stripe.subscriptions.update(made.id, {
        items: [{ price: extra, quantity: 2 }],
        proration_behavior,
      });
      return now;
    }
    case "coupon":
      await stripe.subscriptions.update(made.id, {
        discounts: by % 3 === 0 ? "" : [{ coupon: pick(shop.coupons[currency], by) }],
      });
      return now;
    case "credit":
      await stripe.customers.createBalanceTransaction(customer.id, { amount: -by * 10, currency });
      return now;
    case "extra":
      await stripe.invoiceItems.create({
        customer: customer.id,
        amount: by * 25,
        currency,
        description: "Help",
      });
      return now;
  }
}

const sum = (parts: readonly { amount: number }[]) => parts.reduce((all, { amount }) => all + amount, 0);

function expectToAddUp(invoice: InvoiceDetail): void {
  for (const { explanation, amount, description } of invoice.lines) {
    expect(sum(explanation.parts), description).toBe(amount);
    expect(amount + sum(explanation.changes)).toBe(explanation.total);
    expect(
      explanation.parts.map(({ kind }) => kind),
      `${description} ${amount}`,
    ).not.toContain("as_invoiced");
  }
  expect(sum(invoice.lines.map(({ explanation }) => ({ amount: explanation.total })))).toBe(invoice.total);
  expect(sum(invoice.settlement.parts)).toBe(invoice.amountDue);
  expect(invoice.settlement.parts.map(({ kind }) => kind)).not.toContain("other");
}

describe("every line of every invoice", () => {
  it("is explained by numbers that add up to it, in random lives of subscriptions", async () => {
    let lines = 0;
    let prorations = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const invoices = await live(history);
        expect(invoices.length).toBeGreaterThan(0);
        for (const invoice of invoices) {
          expectToAddUp(invoice);
          lines += invoice.lines.length;
          prorations += invoice.lines.filter(({ proration }) => proration).length;
        }
      }),
      {
        numRuns: Number(process.env.EXPLAIN_RUNS ?? 12),
        seed: Number(process.env.EXPLAIN_SEED ?? 20261122),
        endOnFailure: true,
      },
    );
    expect(lines).toBeGreaterThan(20);
    expect(prorations).toBeGreaterThan(5);
  }, 240_000);
});
