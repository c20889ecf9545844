import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clientOf, type Started, start } from "../testing/start";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
beforeEach(async () => {
  await world.post("/_sandbox/reset", {});
});
afterAll(() => world.sandbox.close());

function send(path: string, init: RequestInit & { key?: string } = {}) {
  const { key = "sk_test_x", ...rest } = init;
  return fetch(`${world.sandbox.url}${path}`, {
    ...rest,
    headers: {
      authorization: `Bearer ${key}`,
      "content-type": "application/x-www-form-urlencoded",
      ...rest.headers,
    },
  });
}
const bodyOf = async (response: Response) =>
  (await response.json()) as { error: Record<string, string>; id: string };
const customers = async () => (await stripe.customers.list()).data.length;

describe("idempotency", () => {
  it("answers the same again and does it once", async () => {
    const options = { idempotencyKey: "row-1" };
    const first = await stripe.customers.create({ email: "a@example.com" }, options);
    const second = await stripe.customers.create({ email: "a@example.com" }, options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(await customers()).toBe(1);
    expect(world.sandbox.calls().filter((call) => call.replayed)).toHaveLength(1);
  });

  it("refuses the key for other parameters or another path", async () => {
    await stripe.customers.create({ email: "a@example.com" }, { idempotencyKey: "row-2" });
    await expect(
      stripe.customers.create({ email: "b@example.com" }, { idempotencyKey: "row-2" }),
    ).rejects.toMatchObject({ statusCode: 400, rawType: "idempotency_error" });
    await expect(stripe.products.create({ name: "A" }, { idempotencyKey: "row-2" })).rejects.toMatchObject({
      rawType: "idempotency_error",
    });
  });

  it("replays a decline as the same 402, and lets a fixed mistake use the key again", async () => {
    const given = {
      amount: 900,
      currency: "usd",
      payment_method: "pm_card_chargeDeclined",
      confirm: true,
      off_session: true,
    };
    const charge = () =>
      stripe.paymentIntents
        .create(given, { idempotencyKey: "row-3" })
        .catch((error: Stripe.errors.StripeCardError) => error);
    const [first, second] = [await charge(), await charge()];
    expect(first).toMatchObject({ statusCode: 402 });
    expect((second as Stripe.errors.StripeCardError).payment_intent?.id).toBe(
      (first as Stripe.errors.StripeCardError).payment_intent?.id,
    );
    const wrong = await send("/v1/customers", {
      method: "POST",
      body: "emial=a",
      headers: { "idempotency-key": "row-4" },
    });
    expect(wrong.status).toBe(400);
    const right = await send("/v1/customers", {
      method: "POST",
      body: "email=a@b.co",
      headers: { "idempotency-key": "row-4" },
    });
    expect(right.status).toBe(200);
  });

  it("says 409 while the first request is under way", async () => {
    await world.post("/_sandbox/faults", { path: "/v1/customers", method: "POST", latencyMs: 150 });
    const once = () =>
      send("/v1/customers", {
        method: "POST",
        body: "email=a@b.co",
        headers: { "idempotency-key": "row-5" },
      });
    const [first, second] = await Promise.all([once(), once()]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const refused = await bodyOf(first.status === 409 ? first : second);
    expect(refused.error).toMatchObject({ type: "idempotency_error", code: "idempotency_key_in_use" });
    expect(await customers()).toBe(1);
  });

  it("lets the package retry 50 concurrent creates with one key into one object", async () => {
    const patient = new Stripe("sk_test_x", {
      host: "127.0.0.1",
      port: world.sandbox.port,
      protocol: "http",
      maxNetworkRetries: 5,
    });
    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        patient.customers.create({ name: "one" }, { idempotencyKey: "row-6" }),
      ),
    );
    expect(new Set(all.map((customer) => customer.id)).size).toBe(1);
  });
});

describe("faults", () => {
  it("strikes before execution, so the retry of the package succeeds with the same key", async () => {
    await world.post("/_sandbox/faults", { path: "/v1/customers", status: 500 });
    expect((await stripe.customers.create({ name: "a" })).id).toMatch(/^cus_/);
    expect(world.sandbox.calls().map((call) => call.status)).toEqual([500, 200]);
  });

  it("loses the answer after the work was done, and the retry finds it done", async () => {
    await world.post("/_sandbox/faults", { path: "/v1/customers", dropAfterCommit: true });
    const customer = await stripe.customers.create({ name: "a" });
    expect(customer.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(await customers()).toBe(1);
  });

  it("keeps an answer back after the work was done", async () => {
    await world.post("/_sandbox/faults", { path: "/v1/customers", holdMs: 60_000 });
    const abort = new AbortController();
    const held = fetch(`${world.sandbox.url}/v1/customers`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.sandbox.secretKey}` },
      signal: abort.signal,
    });
    await expect.poll(() => world.sandbox.calls().length).toBe(1);
    expect(await customers()).toBe(1);
    abort.abort();
    await expect(held).rejects.toThrow();
  });

  it("refuses a fault that does nothing", async () => {
    expect((await world.post("/_sandbox/faults", { path: "/v1/customers" })).status).toBe(400);
    expect((await world.post("/_sandbox/faults", { path: "no", status: 500 })).status).toBe(400);
  });
});

describe("bad requests", () => {
  it.each([
    ["unknown parameter", "emial=a", "parameter_unknown", "emial"],
    ["unknown nested parameter", "address[town]=a", "parameter_unknown", "address[town]"],
    ["bad integer", "balance=ten", "parameter_invalid_integer", "balance"],
    ["empty where it cannot be", "invoice_prefix=", "parameter_invalid_empty", "invoice_prefix"],
    ["text for an object", "address=home", undefined, "address"],
    ["object for text", "email[a]=b", "parameter_invalid_string", "email"],
    ["a prototype", "__proto__[admin]=1", "parameter_unknown", "__proto__"],
    ["a constructor", "constructor[x]=1", "parameter_unknown", "constructor"],
    ["not modelled", "source=tok_visa", "sandbox_not_modelled", "source"],
  ])("%s", async (_name, body, code, param) => {
    const response = await send("/v1/customers", { method: "POST", body });
    expect(response.status).toBe(400);
    const { error } = await bodyOf(response);
    expect(error).toMatchObject({ type: "invalid_request_error", param, ...(code && { code }) });
    expect(error.message).toBeTruthy();
  });

  it.each([
    "a=%E0%A4%A",
    "[x]=1",
    "a]b=1",
    "a[b=1",
    `a${"[x]".repeat(40)}=1`,
    "email=a&email[b]=c",
    `x=${"y".repeat(6000)}`,
    "&&&=&",
  ])("survives %s", async (body) => {
    const response = await send("/v1/customers", { method: "POST", body });
    expect(response.status).toBe(400);
    expect((await bodyOf(response)).error.type).toBe("invalid_request_error");
  });

  it("refuses other content types, other versions, other accounts and huge bodies", async () => {
    const json = await send("/v1/customers", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(json.status).toBe(400);
    const old = clientOf(world.sandbox);
    await expect(old.customers.list({}, { apiVersion: "2024-06-20" })).rejects.toMatchObject({
      statusCode: 400,
    });
    await expect(old.customers.list({}, { stripeAccount: "acct_1" })).rejects.toMatchObject({
      statusCode: 403,
    });
    expect(
      (await send("/v1/customers", { method: "POST", body: `name=${"x".repeat(2_000_000)}` })).status,
    ).toBe(413);
  });

  it("names what does not exist", async () => {
    await expect(stripe.customers.retrieve("cus_none")).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      message: "No such customer: 'cus_none'",
    });
    const inBody = stripe.subscriptions.create({ customer: "cus_none", items: [{ price: "price_none" }] });
    await expect(inBody).rejects.toMatchObject({
      statusCode: 400,
      code: "resource_missing",
      param: "customer",
    });
    expect((await send("/v1/unicorns")).status).toBe(404);
  });
});

describe("keys", () => {
  it("wants a test key", async () => {
    expect((await fetch(`${world.sandbox.url}/v1/customers`)).status).toBe(401);
    expect((await send("/v1/customers", { key: "sk_live_1" })).status).toBe(401);
    expect((await send("/v1/customers", { key: "rk_test_1" })).status).toBe(200);
    const basic = { authorization: `Basic ${Buffer.from("sk_test_1:").toString("base64")}` };
    expect((await send("/v1/customers", { headers: basic })).status).toBe(200);
  });

  it("gives a publishable key its one intent, with its secret, in part, across origins", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      metadata: { internal: "yes" },
    });
    const path = `/v1/payment_intents/${intent.id}`;
    expect((await world.browse("/v1/customers")).body.error?.code).toBe("secret_key_required");
    expect((await world.browse("/v1/refunds", { payment_intent: intent.id })).status).toBe(401);
    expect((await world.browse(path)).status).toBe(401);
    expect((await world.browse(`${path}?client_secret=${intent.id}_secret_guess`)).status).toBe(400);
    const shown = await world.browse(`${path}?client_secret=${intent.client_secret}`);
    expect(shown.body).toMatchObject({ id: intent.id, amount: 900, status: "requires_payment_method" });
    expect(shown.body).not.toHaveProperty("metadata");
    expect(shown.body).not.toHaveProperty("customer");
    const open = await send(`${path}?client_secret=${intent.client_secret}`, { key: "pk_test_1" });
    expect(open.headers.get("access-control-allow-origin")).toBe("*");
    const preflight = await fetch(`${world.sandbox.url}${path}/confirm`, { method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    const session = await world.browse(`/_sandbox/elements/session?client_secret=${intent.client_secret}`);
    expect(session.body).toMatchObject({
      type: "payment_intent",
      amount: 900,
      currency: "usd",
      payment_method_types: ["card"],
    });
  });

  it("does not let a publishable key expand what it may not see", async () => {
    const customer = await stripe.customers.create({ email: "secret@example.com" });
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      customer: customer.id,
    });
    const peek = await world.browse(
      `/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}&expand[0]=customer`,
    );
    expect(peek.status).toBe(401);
    expect(JSON.stringify(peek.body)).not.toContain("secret@example.com");
  });
});
