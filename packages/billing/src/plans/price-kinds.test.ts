import { randomUUID } from "node:crypto";
import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStripe } from "../stripe/client";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { until } from "../testing/until";
import { applyCatalog } from "./apply-catalog";
import { type Catalog, defineCatalog } from "./define-catalog";
import { priceList, type WantedPrice } from "./price-list";
import { amountOf } from "./pricing";
import { meterEventName } from "./read-offers";
import { currencies } from "./units";

const each = (amount: number) => ({ usd: amount, eur: amount + 100, jpy: amount * 2, kwd: amount * 10 });
const plan = (name: string) => ({ name, description: "", features: ["reports"] as const });

/** One plan of every kind of price there is. */
const book = defineCatalog({
  features: { reports: { name: "Reports" } },
  meters: {
    calls: { name: "Calls", unit: "call", aggregation: "sum" },
    jobs: { name: "Jobs", unit: "job", aggregation: "count" },
    storage: { name: "Storage", unit: "gigabyte", aggregation: "last" },
  },
  plans: {
    free: { ...plan("Free"), prices: { month: each(0) } },
    flat: { ...plan("Flat"), prices: { month: each(1900), year: each(19000) } },
    per_seat: { ...plan("Per seat"), seats: { minimum: 2, prices: { month: { unit: each(1500) } } } },
    included: {
      ...plan("Included"),
      prices: { month: each(9900) },
      seats: { included: 3, prices: { month: { unit: each(1000) } } },
    },
    graduated: {
      ...plan("Graduated"),
      seats: {
        prices: {
          month: {
            graduated: [
              { upTo: 5, unit: each(1000) },
              { upTo: 10, unit: each(800), flat: each(500) },
              { upTo: "inf", unit: each(500) },
            ],
          },
        },
      },
    },
    volume: {
      ...plan("Volume"),
      seats: {
        prices: {
          month: {
            volume: [
              { upTo: 5, unit: each(1000) },
              { upTo: "inf", unit: each(700), flat: each(300) },
            ],
          },
        },
      },
    },
    hybrid: {
      ...plan("Hybrid"),
      prices: { month: each(4900) },
      seats: { included: 2, prices: { month: { unit: each(900) } } },
      usage: [
        {
          meter: "calls",
          prices: {
            month: {
              graduated: [
                { upTo: 100, unit: each(0) },
                { upTo: "inf", unit: { usd: "0.25", eur: "0.3", jpy: "0.5", kwd: "2.5" } },
              ],
            },
          },
        },
        { meter: "jobs", prices: { month: { package: { size: 1000, amounts: each(200) } } } },
        {
          meter: "storage",
          prices: {
            month: {
              volume: [
                { upTo: 10, unit: each(10) },
                { upTo: "inf", unit: each(5) },
              ],
            },
          },
        },
      ],
    },
  },
  addOns: {
    backup: {
      name: "Backup",
      description: "",
      plans: ["flat"],
      prices: { month: each(300), year: each(3000) },
    },
  },
  creditPacks: { hundred: { name: "Hundred", description: "", credits: 100, prices: each(1000) } },
  products: { setup: { name: "Setup", description: "", prices: each(25000) } },
});
const prices = priceList(book as Catalog);

let billing: BareBilling;
let sandbox: Sandbox;
let stripe: Stripe;
let ids: Map<string, string>;

beforeAll(async () => {
  [billing, sandbox] = await Promise.all([bareBilling(), createSandbox({ port: 0 })]);
  stripe = openStripe({ secretKey: sandbox.secretKey, apiBase: sandbox.url });
  await applyCatalog({ ...billing, stripe }, book as Catalog);
  const rows = await billing.db.price.findMany({ select: { id: true, lookupKey: true } });
  ids = new Map(rows.map(({ lookupKey, id }) => [lookupKey ?? "", id]));
});
afterAll(async () => {
  await sandbox.close();
  await billing.close();
});

const idOf = (price: WantedPrice) => ids.get(price.lookupKey) ?? "";

interface Customer {
  id: string;
  clock: string;
}

/** Pays with a card that works, on a clock of its own. */
async function customer(): Promise<Customer> {
  const clock = await stripe.testHelpers.testClocks.create({
    frozen_time: Date.parse("2026-11-01T00:00:00Z") / 1000,
  });
  const { id } = await stripe.customers.create({ test_clock: clock.id, name: randomUUID() });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: card.id } });
  return { id, clock: clock.id };
}

async function advance({ clock }: Customer, to: string): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: Date.parse(to) / 1000 });
  await until("the clock to arrive", async () => {
    const { status } = await stripe.testHelpers.testClocks.retrieve(clock);
    return status === "ready";
  });
}

const usage: Record<string, number[]> = { calls: [120, 301], jobs: [1, 1, 1], storage: [4, 25] };
const used: Record<string, number> = { calls: 421, jobs: 3, storage: 25 };

async function report({ id }: Customer): Promise<void> {
  for (const [meter, values] of Object.entries(usage)) {
    for (const [day, value] of values.entries()) {
      await stripe.billing.meterEvents.create({
        event_name: meterEventName(meter),
        payload: { stripe_customer_id: id, value: String(value) },
        timestamp: Date.parse(`2026-11-1${day}T00:00:00Z`) / 1000,
      });
    }
  }
}

const seats: Record<string, number> = { per_seat: 7, included: 9, graduated: 12, volume: 6, hybrid: 5 };

const cases = Object.keys(book.plans).flatMap((planId) =>
  currencies.map((currency) => [planId, currency] as const),
);

describe("a period of every kind of price is invoiced to the cent", () => {
  it.each(cases)("%s in %s", async (planId, currency) => {
    const parts = prices.filter(
      (price) => price.planId === planId && price.currency === currency && price.interval === "month",
    );
    const quantityOf = ({ kind }: WantedPrice) => (kind === "seats" ? (seats[planId] ?? 1) : 1);
    const licensed = parts.filter(({ kind }) => kind !== "usage");
    const metered = parts.filter(({ kind }) => kind === "usage");
    const sum = (of: WantedPrice[], quantity: (price: WantedPrice) => number) =>
      of.reduce((total, price) => total + amountOf(price, quantity(price)), 0);
    const fixed = sum(licensed, quantityOf);

    const payer = await customer();
    const { id } = await stripe.subscriptions.create({
      customer: payer.id,
      items: parts.map((price) => ({
        price: idOf(price),
        ...(price.kind !== "usage" && { quantity: quantityOf(price) }),
      })),
    });
    expect(await totals(id)).toEqual([fixed]);
    if (metered.length > 0) {
      await advance(payer, "2026-11-20T00:00:00Z");
      await report(payer);
    }
    await advance(payer, "2026-12-01T03:00:00Z");
    expect(await totals(id)).toEqual([fixed + sum(metered, ({ meter }) => used[meter ?? ""] ?? 0), fixed]);
  });

  async function totals(subscription: string): Promise<number[]> {
    const { data } = await stripe.invoices.list({ subscription, limit: 10 });
    expect(data.map(({ status }) => status)).toEqual(data.map(() => "paid"));
    return data.map(({ total }) => total);
  }

  it("an add-on beside its plan, by the year", async () => {
    const payer = await customer();
    const yearly = ["flat_year_eur", "addon_backup_year_eur"].map((key) => ({ price: ids.get(key) ?? "" }));
    const { id } = await stripe.subscriptions.create({ customer: payer.id, items: yearly });
    expect(await totals(id)).toEqual([19_100 + 3_100]);
    await advance(payer, "2027-11-01T03:00:00Z");
    expect(await totals(id)).toEqual([22_200, 22_200]);
  });

  it.each(["pack_hundred_kwd", "product_setup_jpy"])("%s, paid once", async (key) => {
    const wanted = prices.find(({ lookupKey }) => lookupKey === key);
    const payer = await customer();
    const { id = "" } = await stripe.invoices.create({ customer: payer.id, currency: wanted?.currency });
    await stripe.invoiceItems.create({
      customer: payer.id,
      invoice: id,
      pricing: { price: ids.get(key) ?? "" },
      quantity: 1,
    });
    const paid = await stripe.invoices.pay((await stripe.invoices.finalizeInvoice(id)).id ?? "");
    expect([paid.status, paid.total]).toEqual(["paid", Number(wanted?.unitAmount)]);
  });
});

it("the mirror says of each price what the catalogue says", async () => {
  const rows = await billing.db.price.findMany();
  expect(rows).toHaveLength(prices.length);
  for (const price of prices) {
    const row = rows.find(({ lookupKey }) => lookupKey === price.lookupKey);
    expect(row).toMatchObject({
      kind: price.kind,
      planId: price.planId,
      catalogId: price.catalogId,
      meter: price.meter,
      interval: price.interval,
      usageType: price.interval === null ? null : price.meter ? "metered" : "licensed",
      unitAmountDecimal: price.unitAmount,
      tiersMode: price.tiersMode,
      tiers: price.tiers,
      packageSize: price.packageSize === null ? null : BigInt(price.packageSize),
    });
  }
});
