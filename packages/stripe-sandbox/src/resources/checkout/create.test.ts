import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let plan: Stripe.Price;
let thing: Stripe.Price;
let customer: Stripe.Customer;
beforeAll(async () => {
  world = await start();
  plan = await makePrice(world.stripe);
  thing = await makePrice(world.stripe, { recurring: null });
  customer = await makeCustomer(world.stripe);
});
afterAll(() => world.sandbox.close());

type Given = Record<string, unknown>;

/** Sent as any client would, also what the stripe package's types forbid. */
async function create(given: Given): Promise<Stripe.Checkout.Session> {
  return (await world.stripe.rawRequest("POST", "/v1/checkout/sessions", given)) as never;
}
const success_url = "https://shop.example/done";
const payment = (given: Given = {}) => ({
  mode: "payment",
  success_url,
  line_items: [{ price: thing.id, quantity: 1 }],
  ...given,
});
const subscription = (given: Given = {}) => ({
  mode: "subscription",
  success_url,
  line_items: [{ price: plan.id, quantity: 1 }],
  ...given,
});
const inHours = (hours: number) => Math.floor(Date.now() / 1000) + hours * 3600;
const discountOf = (coupon: string) => ({ discounts: [{ coupon }] });

type Case = [what: string, given: () => Given, refusal: { param?: string; code?: string; message?: RegExp }];
const cases: Case[] = [
  [
    "no success_url",
    () => payment({ success_url: undefined }),
    { param: "success_url", code: "parameter_missing" },
  ],
  [
    "an address that is none",
    () => payment({ success_url: "nowhere" }),
    { param: "success_url", code: "url_invalid" },
  ],
  ["a script as address", () => payment({ cancel_url: "javascript:alert(1)" }), { param: "cancel_url" }],
  [
    "no line items",
    () => payment({ line_items: undefined }),
    { param: "line_items", code: "parameter_missing" },
  ],
  ["no quantity", () => payment({ line_items: [{ price: thing.id }] }), { param: "line_items[0][quantity]" }],
  ["no price", () => payment({ line_items: [{ quantity: 1 }] }), { param: "line_items[0][price]" }],
  [
    "a recurring price in payment mode",
    () => payment({ line_items: [{ price: plan.id, quantity: 1 }] }),
    {
      message: /passed a recurring price/,
    },
  ],
  [
    "no recurring price in subscription mode",
    () => subscription({ line_items: [{ price: thing.id, quantity: 1 }] }),
    {
      message: /at least one recurring price/,
    },
  ],
  [
    "the same plan twice",
    () => subscription({ line_items: [plan, plan].map(({ id }) => ({ price: id, quantity: 1 })) }),
    {
      message: /different price/,
    },
  ],
  [
    "101 line items",
    () => payment({ line_items: Array.from({ length: 101 }, () => ({ price: thing.id, quantity: 1 })) }),
    {
      message: /up to 100/,
    },
  ],
  [
    "too little money",
    () =>
      payment({
        line_items: [
          { price_data: { currency: "usd", unit_amount: 20, product_data: { name: "x" } }, quantity: 1 },
        ],
      }),
    {
      code: "amount_too_small",
    },
  ],
  [
    "line items in setup mode",
    () => ({ ...payment(), mode: "setup", currency: "usd" }),
    { param: "line_items" },
  ],
  ["no currency in setup mode", () => ({ mode: "setup", success_url }), { param: "currency" }],
  [
    "both kinds of discount",
    () => payment({ allow_promotion_codes: true, ...discountOf("x") }),
    {
      code: "parameters_exclusive",
    },
  ],
  ["two discounts", () => payment({ discounts: [{ coupon: "a" }, { coupon: "b" }] }), { param: "discounts" }],
  ["an unknown coupon", () => payment(discountOf("none")), { code: "resource_missing" }],
  [
    "customer and customer_email",
    () => payment({ customer: customer.id, customer_email: "a@example.com" }),
    {
      code: "parameters_exclusive",
    },
  ],
  [
    "an unknown customer",
    () => payment({ customer: "cus_none" }),
    { param: "customer", code: "resource_missing" },
  ],
  [
    "customer_update without a customer",
    () => payment({ customer_update: { name: "auto" } }),
    { param: "customer" },
  ],
  [
    "tax ids of a customer whose name stays",
    () => payment({ customer: customer.id, tax_id_collection: { enabled: true } }),
    {
      message: /customer_update\[name\]/,
    },
  ],
  [
    "customer_creation in subscription mode",
    () => subscription({ customer_creation: "always" }),
    {
      param: "customer_creation",
    },
  ],
  [
    "subscription_data in payment mode",
    () => payment({ subscription_data: { description: "x" } }),
    {
      param: "subscription_data",
    },
  ],
  [
    "payment_method_collection in payment mode",
    () => payment({ payment_method_collection: "always" }),
    {
      param: "payment_method_collection",
    },
  ],
  [
    "a trial of an hour",
    () => subscription({ subscription_data: { trial_end: inHours(1) } }),
    {
      message: /at least 2 days/,
    },
  ],
  [
    "an anchor in a year for a monthly plan",
    () => subscription({ subscription_data: { billing_cycle_anchor: inHours(24 * 365) } }),
    { param: "subscription_data[billing_cycle_anchor]" },
  ],
  [
    "too much money",
    () => payment({ line_items: [{ price: thing.id, quantity: 999_999 }] }),
    { code: "amount_too_large" },
  ],
  [
    "two kinds of trial",
    () => subscription({ subscription_data: { trial_end: inHours(99), trial_period_days: 3 } }),
    {
      code: "parameters_exclusive",
    },
  ],
  [
    "an expiry in ten minutes",
    () => payment({ expires_at: inHours(1 / 6) }),
    { message: /at least 30 minutes/ },
  ],
  ["an expiry in two days", () => payment({ expires_at: inHours(48) }), { message: /less than 24 hours/ }],
  ["the old name of a ui_mode", () => payment({ ui_mode: "hosted" }), { param: "ui_mode" }],
  ["return_url on a hosted page", () => payment({ return_url: success_url }), { param: "return_url" }],
  [
    "an embedded page without return_url",
    () => payment({ success_url: undefined, ui_mode: "embedded_page" }),
    {
      param: "return_url",
    },
  ],
  [
    "payment_method_types",
    () => payment({ payment_method_types: ["card"] }),
    {
      code: "payment_method_types_no_longer_supported",
    },
  ],
  [
    "four custom fields",
    () =>
      payment({
        custom_fields: [1, 2, 3, 4].map((at) => ({
          key: `k${at}`,
          type: "text",
          label: { type: "custom", custom: "L" },
        })),
      }),
    {
      param: "custom_fields",
    },
  ],
  [
    "a long client_reference_id",
    () => payment({ client_reference_id: "x".repeat(201) }),
    {
      param: "client_reference_id",
    },
  ],
  ["what nobody knows", () => payment({ surprise: 1 }), { param: "surprise", code: "parameter_unknown" }],
  [
    "shipping, which is not modelled",
    () => payment({ shipping_options: [{ shipping_rate: "x" }] }),
    {
      code: "sandbox_not_modelled",
    },
  ],
];

describe("creating a session", () => {
  it.each(cases)("refuses %s", async (_what, given, { message, ...refusal }) => {
    const error = await create(given()).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ statusCode: 400, ...refusal });
    expect(String(error)).toMatch(message ?? /./);
  });

  it("leaves nothing behind when it is refused", async () => {
    const before = (await world.stripe.products.list({ limit: 100 })).data.length;
    const price_data = { currency: "usd", unit_amount: 20, product_data: { name: "Gone" } };
    await create(payment({ line_items: [{ price_data, quantity: 1 }] })).catch(() => undefined);
    expect((await world.stripe.products.list({ limit: 100 })).data).toHaveLength(before);
  });

  it("gives a client secret instead of an address to pages of the merchant", async () => {
    const session = await create(
      payment({ success_url: undefined, ui_mode: "elements", return_url: success_url }),
    );
    expect(session).toMatchObject({ url: null, return_url: success_url, redirect_on_completion: "always" });
    expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
    const stays = await create(
      payment({ success_url: undefined, ui_mode: "embedded_page", redirect_on_completion: "never" }),
    );
    expect(stays).not.toHaveProperty("return_url");
  });

  it("charges in the currency of its customer where the price has it", async () => {
    const price = await world.stripe.prices.create({
      product: String(thing.product),
      currency: "usd",
      unit_amount: 1000,
      currency_options: { eur: { unit_amount: 900 } },
    });
    const session = await create(
      payment({ currency: "eur", line_items: [{ price: price.id, quantity: 1 }] }),
    );
    expect(session).toMatchObject({ currency: "eur", amount_total: 900 });
  });

  it("lists sessions by customer, status and email, with their lines", async () => {
    const own = await makeCustomer(world.stripe, undefined, { email: "own@example.com" });
    const open = await create(payment({ customer: own.id, line_items: [{ price: thing.id, quantity: 3 }] }));
    const gone = await create(payment({ customer: own.id }));
    await world.stripe.checkout.sessions.expire(gone.id);
    const { sessions } = world.stripe.checkout;
    const ids = async (given: Stripe.Checkout.SessionListParams) =>
      (await sessions.list(given)).data.map(({ id }) => id);
    expect(await ids({ customer: own.id })).toEqual([gone.id, open.id]);
    expect(await ids({ customer: own.id, status: "open" })).toEqual([open.id]);
    expect(await ids({ customer_details: { email: "own@example.com" } })).toEqual([gone.id, open.id]);
    const [line] = (await sessions.listLineItems(open.id)).data;
    expect(line).toMatchObject({ object: "item", quantity: 3, amount_total: 6000, price: { id: thing.id } });
    await expect(sessions.expire(gone.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(sessions.retrieve("cs_test_none")).rejects.toMatchObject({ statusCode: 404 });
  });

  it("expires by itself after the time it was given", async () => {
    const session = await create(payment({ expires_at: inHours(1) }));
    await world.advance(3601);
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "expired" });
    expect(() => world.sandbox.completeCheckout(session.id)).toThrow(/expired/);
  });
});

describe("updating a session", () => {
  it("replaces the line items by what is sent", async () => {
    const session = await create(payment({ line_items: [{ price: thing.id, quantity: 1 }] }));
    const [first] = (await world.stripe.checkout.sessions.listLineItems(session.id)).data;
    const price_data = { currency: "usd", unit_amount: 700, product_data: { name: "More" } };
    const updated = await world.stripe.checkout.sessions.update(session.id, {
      line_items: [
        { price_data, quantity: 2 },
        { id: first?.id ?? "", quantity: 4 },
      ],
      metadata: { a: "b" },
      expand: ["line_items"],
    });
    expect(updated).toMatchObject({ amount_total: 9400, metadata: { a: "b" } });
    expect(updated.line_items?.data.map(({ id, quantity }) => [id === first?.id, quantity])).toEqual([
      [false, 2],
      [true, 4],
    ]);
  });

  it("changes nothing but metadata once it is over", async () => {
    const session = await create(payment());
    world.sandbox.completeCheckout(session.id);
    const { sessions } = world.stripe.checkout;
    expect((await sessions.update(session.id, { metadata: { late: "yes" } })).metadata).toEqual({
      late: "yes",
    });
    const line_items = [{ price: thing.id, quantity: 9 }];
    await expect(sessions.update(session.id, { line_items })).rejects.toMatchObject({ param: "line_items" });
  });
});
