import type Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../testing/start";
import { charged, makeCustomer, makePrice } from "../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

it("finds customers by parts of a name, exact emails and metadata, page by page", async () => {
  for (let at = 0; at < 25; at++)
    await stripe.customers.create({
      name: `Searched ${at}`,
      email: `s${at}@example.com`,
      metadata: { at: String(at) },
    });
  const first = await stripe.customers.search({
    query: "name~'searched'",
    limit: 10,
    expand: ["total_count"],
  });
  expect(first).toMatchObject({
    object: "search_result",
    has_more: true,
    total_count: 25,
    url: "/v1/customers/search",
  });
  expect(first.data[0]?.name).toBe("Searched 24");
  const second = await stripe.customers.search({
    query: "name~'searched'",
    limit: 10,
    page: String(first.next_page),
  });
  expect(second.data[0]?.name).toBe("Searched 14");
  expect(second).not.toHaveProperty("total_count");
  const names: string[] = [];
  for await (const found of stripe.customers.search({ query: "name~'searched'" }))
    names.push(String(found.name));
  expect(new Set(names).size).toBe(25);
  const one = await stripe.customers.search({ query: "email:'S3@example.com' AND metadata['at']:'3'" });
  expect(one.data.map((row) => row.name)).toEqual(["Searched 3"]);
  await expect(
    stripe.customers.search({ query: "name~'other'", page: String(first.next_page) }),
  ).rejects.toMatchObject({
    param: "page",
  });
  await expect(stripe.customers.search({ query: "nonsense:'x'" })).rejects.toMatchObject({
    statusCode: 400,
    param: "query",
  });
});

it("searches every noun that Stripe indexes", async () => {
  const price = await makePrice(stripe, { amount: 4321 });
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    metadata: { seat: "one" },
  });
  await charged(stripe, "pm_card_mastercard", 777);
  const ids = async (search: Promise<{ data: { id: string }[] }>) => (await search).data.map(({ id }) => id);
  expect(await ids(stripe.products.search({ query: "name:'Plan 4321' AND active:'true'" }))).toEqual([
    price.product,
  ]);
  expect(await ids(stripe.prices.search({ query: `product:'${price.product}'` }))).toEqual([price.id]);
  expect(await ids(stripe.subscriptions.search({ query: "metadata['seat']:'one' status:'active'" }))).toEqual(
    [subscription.id],
  );
  expect(
    await ids(stripe.invoices.search({ query: `subscription:'${subscription.id}' AND total>4000` })),
  ).toEqual([subscription.latest_invoice]);
  expect(
    await ids(stripe.charges.search({ query: "payment_method_details.card.brand:'mastercard'" })),
  ).toHaveLength(1);
  expect(
    await ids(stripe.paymentIntents.search({ query: "amount:777 AND status:'succeeded'" })),
  ).toHaveLength(1);
  const expanded = await stripe.invoices.search({ query: "total>4000", expand: ["data.customer"] });
  expect(expanded.data[0]?.customer).toMatchObject({ object: "customer", id: customer.id });
});

it("finds new objects only after the lag that was set", async () => {
  const query = "name:'Late'";
  await world.post("/_sandbox/search_lag", { seconds: 60 });
  await stripe.customers.create({ name: "Late" });
  expect((await stripe.customers.search({ query })).data).toEqual([]);
  await world.advance(61);
  expect((await stripe.customers.search({ query })).data).toHaveLength(1);
});
