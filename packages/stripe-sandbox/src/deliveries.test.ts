import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Received, type Receiver, type Started, start, startReceiver } from "./testing/start";

let world: Started;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
  world = await start({ forward: [{ url: receiver.url, secret: receiver.secret }] });
});
afterEach(async () => {
  await world.sandbox.close();
  await receiver.close();
});

it("signs what it sends, and the stripe package believes it", async () => {
  const customer = await world.stripe.customers.create(
    { email: "a@example.com" },
    { idempotencyKey: "row-1" },
  );
  await world.sandbox.settled();
  const [first] = receiver.received;
  expect(first?.event).toMatchObject({
    type: "customer.created",
    object: "event",
    api_version: "2026-10-28.endive",
    livemode: false,
    pending_webhooks: 1,
    request: { id: customer.lastResponse.requestId, idempotency_key: "row-1" },
  });
  expect(first?.headers["content-type"]).toBe("application/json; charset=utf-8");
  expect((await world.stripe.events.retrieve(first?.event.id ?? "")).pending_webhooks).toBe(0);
});

it("tries again after a refusal, with a fresh signature over the same body", async () => {
  receiver.answers = [500, 302];
  await world.stripe.customers.create({});
  await world.sandbox.settled();
  expect(receiver.received).toHaveLength(3);
  expect(new Set(receiver.received.map(({ body }) => body.replace(/"pending_webhooks": \d/, ""))).size).toBe(
    1,
  );
  for (const one of receiver.received) expect(isSignedNow(one)).toBe(true);
  expect(world.sandbox.deliveries().map((record) => record.status)).toEqual([500, 302, 200]);
});

it("gives up after the last attempt and says the event was not delivered", async () => {
  receiver.answers = [500, 500, 500, 500];
  await world.stripe.customers.create({});
  await world.sandbox.settled();
  expect(receiver.received).toHaveLength(4);
  expect(
    (await world.stripe.events.list({ delivery_success: false })).data.map((event) => event.type),
  ).toEqual(["customer.created"]);
});

it("sends each endpoint what it asked for, with its own secret", async () => {
  const other = await startReceiver("replaced below");
  const endpoint = await world.stripe.webhookEndpoints.create({
    url: other.url,
    enabled_events: ["product.created"],
  });
  const verified = await startReceiver(endpoint.secret);
  await world.stripe.webhookEndpoints.update(endpoint.id, { url: verified.url });
  await world.stripe.customers.create({});
  await world.stripe.products.create({ name: "A" });
  await world.sandbox.settled();
  expect(verified.types()).toEqual(["product.created"]);
  expect(receiver.types().sort()).toEqual(["customer.created", "product.created"]);
  expect(await world.stripe.webhookEndpoints.retrieve(endpoint.id)).not.toHaveProperty("secret");
  await world.stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  await world.stripe.products.create({ name: "B" });
  await world.sandbox.settled();
  expect(verified.received).toHaveLength(1);
  await Promise.all([other.close(), verified.close()]);
});

it("holds and duplicates deliveries on request", async () => {
  await world.post("/_sandbox/delivery_mode", { mode: "hold" });
  await world.stripe.customers.create({});
  await world.sandbox.settled();
  expect(receiver.received).toEqual([]);
  await world.post("/_sandbox/delivery_mode", { mode: "duplicate" });
  await world.stripe.products.create({ name: "A" });
  await world.sandbox.settled();
  expect(receiver.types().sort()).toEqual(["customer.created", "product.created", "product.created"]);
});

it("replaces a destination with the same url, and fails settled() with a reason when nobody listens", async () => {
  world.sandbox.forward({ url: receiver.url, secret: receiver.secret, enabledEvents: ["product.created"] });
  await world.stripe.customers.create({});
  await world.sandbox.settled();
  expect(receiver.received).toEqual([]);
  const deaf = await start({
    retryDelaysMs: [60_000],
    forward: [{ url: "http://127.0.0.1:1/hook", secret: "whsec_x" }],
  });
  await deaf.stripe.customers.create({});
  await expect(deaf.sandbox.settled(300)).rejects.toThrow(/customer.created \(fetch failed\)/);
  await deaf.sandbox.close();
});

function isSignedNow({ body, headers }: Received): boolean {
  const [, t = "", v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["stripe-signature"])) ?? [];
  const digest = createHmac("sha256", receiver.secret).update(`${t}.${body}`).digest("hex");
  return digest === v1 && Math.abs(Number(t) - Date.now() / 1000) < 5;
}
