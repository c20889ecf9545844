import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../testing/start";
import { makeCustomer, makePrice } from "../testing/world";

let world: Started;
let stripe: Stripe;
const ids: string[] = [];

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
  for (let at = 0; at < 25; at++) ids.unshift((await stripe.products.create({ name: `Product ${at}` })).id);
});
afterAll(() => world.sandbox.close());

const idsOf = (list: { data: { id: string }[] }) => list.data.map((row) => row.id);

describe("pages", () => {
  it("go from the newest, ten at a time, forwards and backwards", async () => {
    const first = await stripe.products.list();
    expect(idsOf(first)).toEqual(ids.slice(0, 10));
    expect(first).toMatchObject({ object: "list", has_more: true, url: "/v1/products" });
    const second = await stripe.products.list({ limit: 20, starting_after: ids[9] ?? "" });
    expect(idsOf(second)).toEqual(ids.slice(10));
    expect(second.has_more).toBe(false);
    const back = await stripe.products.list({ limit: 3, ending_before: ids[10] ?? "" });
    expect(idsOf(back)).toEqual(ids.slice(7, 10));
    expect(back.has_more).toBe(true);
  });

  it("are walked by the package without loss", async () => {
    const all = await stripe.products.list({ limit: 7 }).autoPagingToArray({ limit: 100 });
    expect(all.map((row) => row.id)).toEqual(ids);
  });

  it("refuse limits and cursors that make no sense", async () => {
    await expect(stripe.products.list({ limit: 0 })).rejects.toMatchObject({
      statusCode: 400,
      param: "limit",
    });
    await expect(stripe.products.list({ limit: 101 })).rejects.toMatchObject({
      statusCode: 400,
      param: "limit",
    });
    await expect(stripe.products.list({ starting_after: "prod_none" })).rejects.toMatchObject({
      code: "resource_missing",
    });
    const both = { starting_after: ids[0] ?? "", ending_before: ids[1] ?? "" };
    await expect(stripe.products.list(both)).rejects.toMatchObject({ code: "parameters_exclusive" });
  });

  it("filter", async () => {
    await stripe.products.update(ids[0] ?? "", { active: false });
    expect(idsOf(await stripe.products.list({ active: false }))).toEqual([ids[0]]);
    expect(idsOf(await stripe.products.list({ ids: [ids[3] ?? "", ids[5] ?? ""] }))).toEqual([
      ids[3],
      ids[5],
    ]);
    const { created } = await stripe.products.retrieve(ids[24] ?? "");
    expect((await stripe.products.list({ created: { lt: created } })).data).toEqual([]);
    expect((await stripe.products.list({ created: { gte: created }, limit: 100 })).data).toHaveLength(25);
    expect((await stripe.events.list({ types: ["product.updated"] })).data).toHaveLength(1);
  });
});

describe("lookup keys", () => {
  it("find prices, belong to one, and move when asked", async () => {
    const product = ids[1] ?? "";
    const given = { product, currency: "usd", unit_amount: 500, lookup_key: "pro" };
    const first = await stripe.prices.create(given);
    await expect(stripe.prices.create(given)).rejects.toMatchObject({ statusCode: 400, param: "lookup_key" });
    const second = await stripe.prices.create({ ...given, transfer_lookup_key: true });
    expect(idsOf(await stripe.prices.list({ lookup_keys: ["pro", "other"] }))).toEqual([second.id]);
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
    expect(idsOf(await stripe.prices.list({ product, active: true }))).toEqual([second.id, first.id]);
  });
});

describe("expand", () => {
  it("opens ids, lists and computed fields up to four levels", async () => {
    const price = await makePrice(stripe);
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const created = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      expand: [
        "latest_invoice.payments.data.payment.payment_intent",
        "customer.invoice_settings.default_payment_method",
        "items.data.price.product",
      ],
    });
    const invoice = created.latest_invoice as Stripe.Invoice;
    expect(invoice.payments?.data[0]?.payment.payment_intent).toMatchObject({
      object: "payment_intent",
      status: "succeeded",
    });
    expect((created.customer as Stripe.Customer).invoice_settings.default_payment_method).toMatchObject({
      object: "payment_method",
    });
    expect(created.items.data[0]?.price.product).toMatchObject({ object: "product" });
    const listed = await stripe.subscriptions.list({
      customer: customer.id,
      expand: ["data.latest_invoice.confirmation_secret"],
    });
    expect(listed.data[0]?.latest_invoice).toMatchObject({ confirmation_secret: { type: "payment_intent" } });
    const plain = await stripe.invoices.retrieve(invoice.id);
    expect(plain).not.toHaveProperty("payments");
    expect(plain).not.toHaveProperty("confirmation_secret");
  });

  it("says which path it cannot open", async () => {
    const customer = await makeCustomer(stripe);
    await expect(stripe.customers.retrieve(customer.id, { expand: ["email"] })).rejects.toMatchObject({
      statusCode: 400,
      param: "expand",
    });
    await expect(stripe.customers.retrieve(customer.id, { expand: ["nothing"] })).rejects.toMatchObject({
      statusCode: 400,
    });
    await expect(stripe.customers.retrieve(customer.id, { expand: ["a.b.c.d.e"] })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it("shows included fields of a price only when asked", async () => {
    const tiers = [
      { up_to: 5, unit_amount: 1000 },
      { up_to: "inf" as const, unit_amount: 500 },
    ];
    const recurring = { interval: "month" as const };
    const price = await stripe.prices.create({
      product: ids[2] ?? "",
      currency: "usd",
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      tiers,
      recurring,
    });
    expect(price).not.toHaveProperty("tiers");
    const open = await stripe.prices.retrieve(price.id, { expand: ["tiers", "currency_options"] });
    expect(open.tiers?.map((tier) => tier.up_to)).toEqual([5, null]);
    expect(Object.keys(open.currency_options ?? {})).toEqual(["usd"]);
  });
});
