import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start, startReceiver } from "../testing/start";

let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

const get = async (path: string) => {
  const response = await fetch(`${world.sandbox.url}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown>[] };
};

describe("controls", () => {
  it("show objects, calls and deliveries, and forget them on reset", async () => {
    const receiver = await startReceiver();
    await world.post("/_sandbox/forward", { url: receiver.url, secret: receiver.secret });
    const customer = await world.stripe.customers.create({ name: "Ada" });
    await world.sandbox.settled();
    expect((await get("/_sandbox/objects/customers")).body).toMatchObject([{ id: customer.id, name: "Ada" }]);
    expect((await get("/_sandbox/calls")).body).toMatchObject([
      { method: "POST", path: "/v1/customers", params: { name: "Ada" }, status: 200 },
    ]);
    expect((await get("/_sandbox/deliveries")).body).toMatchObject([
      { type: "customer.created", status: 200, attempt: 1 },
    ]);
    await world.post("/_sandbox/reset", {});
    expect((await get("/_sandbox/objects/customers")).body).toEqual([]);
    await world.stripe.products.create({ name: "still forwarded" });
    await world.sandbox.settled();
    expect(receiver.types()).toEqual(["customer.created", "product.created"]);
    await receiver.close();
  });

  it.each([
    ["/_sandbox/forward", { url: "nowhere", secret: "whsec_x" }],
    ["/_sandbox/forward", { url: "http://127.0.0.1:1/" }],
    ["/_sandbox/delivery_mode", { mode: "chaos" }],
    ["/_sandbox/advance", { seconds: -1 }],
    ["/_sandbox/advance", { seconds: "soon" }],
    ["/_sandbox/faults", []],
  ])("refuse what makes no sense: %s %j", async (path, body) => {
    const response = await world.post(path, body);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: { message: string } }).error.message).toBeTruthy();
  });

  it("know no other tables, not even those every object has", async () => {
    expect((await get("/_sandbox/objects/unicorns")).status).toBe(404);
    expect((await get("/_sandbox/objects/constructor")).status).toBe(404);
  });

  it.each([
    ["a page of another site", { origin: "https://evil.example" }],
    ["a page that made its own name lead here", { host: "evil.example", origin: "http://evil.example" }],
    ["a request to a name that is not this machine's", { host: "evil.example:12111" }],
    ["a page on another port", { origin: "http://127.0.0.1:1" }],
  ])("do not obey %s", async (_who, headers) => {
    await world.stripe.customers.create({});
    expect(await resetWith(headers)).toBe(403);
    expect((await world.stripe.customers.list()).data.length).toBeGreaterThan(0);
  });

  it("obey the console, which is a page of the sandbox", async () => {
    expect(await resetWith({ origin: world.sandbox.url })).toBe(200);
    expect((await world.stripe.customers.list()).data).toEqual([]);
  });

  function resetWith(headers: Record<string, string>) {
    return new Promise((resolve, reject) => {
      const url = `${world.sandbox.url}/_sandbox/reset`;
      const sending = request(url, { method: "POST", headers }, (response) =>
        resolve(response.resume().statusCode),
      );
      sending.once("error", reject).end();
    });
  }

  it("show the newest so many, the state, and the sums that must be true in the end", async () => {
    const fresh = await start();
    const get = async (path: string) => (await fetch(`${fresh.sandbox.url}/_sandbox/${path}`)).json();
    await fresh.stripe.customers.create({ name: "first" });
    await fresh.stripe.customers.create({ name: "second" });
    const charged = await fresh.stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      payment_method: "pm_card_visa",
      confirm: true,
      off_session: true,
    });
    await fresh.stripe.refunds.create({ payment_intent: charged.id, amount: 400 });
    await fresh.sandbox.settled();
    expect(await get("objects/customers?limit=1")).toMatchObject([{ name: "second" }]);
    expect(await get("calls?limit=1")).toMatchObject([{ path: "/v1/refunds" }]);
    expect(await get("state")).toMatchObject({ objects: { customers: 2 }, settled: true });
    expect(await get("truth")).toMatchObject({
      customers: 2,
      charged: { usd: 900 },
      refunded: { usd: 400 },
      undelivered: [],
    });
    await fresh.sandbox.close();
  });
});

describe("a challenge", () => {
  it("needs the right secret, intent and outcome", async () => {
    const intent = await world.stripe.paymentIntents.create({ amount: 900, currency: "usd" });
    const secret = String(intent.client_secret);
    const answer = (id: string, params: Record<string, string>) =>
      world.browse(`/_sandbox/3ds/${id}`, params);
    expect((await answer(intent.id, { outcome: "complete" })).status).toBe(404);
    expect(
      (await answer(intent.id, { client_secret: `${intent.id}_secret_no`, outcome: "complete" })).status,
    ).toBe(400);
    expect((await answer("pi_other", { client_secret: secret, outcome: "complete" })).status).toBe(400);
    expect((await answer(intent.id, { client_secret: secret, outcome: "maybe" })).status).toBe(400);
    expect((await answer(intent.id, { client_secret: secret, outcome: "complete" })).body.error?.code).toBe(
      "payment_intent_unexpected_state",
    );
  });
});

it("serves stripe.js and says that it is well", async () => {
  const script = await fetch(`${world.sandbox.url}/stripe.js`);
  expect(script.status).toBe(200);
  expect(script.headers.get("content-type")).toContain("javascript");
  expect((await fetch(`${world.sandbox.url}/healthz`)).status).toBe(200);
});
