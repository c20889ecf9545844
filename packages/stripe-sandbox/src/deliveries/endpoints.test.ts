import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Receiver, type Started, start, startReceiver } from "../testing/start";
import { makeCustomer, makePrice } from "../testing/world";

let world: Started;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
  world = await start();
});
afterEach(async () => {
  await world.sandbox.close();
  await receiver.close();
});

async function listen(events: string[] = ["*"]) {
  const endpoint = await world.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: events as ["*"],
  });
  receiver.secret = endpoint.secret ?? "";
  return endpoint;
}

describe("a webhook endpoint", () => {
  it("is one of sixteen, event destinations included", async () => {
    for (let at = 0; at < 15; at++) await listen();
    const destination = {
      name: "last",
      type: "webhook_endpoint",
      event_payload: "thin",
      enabled_events: ["*"],
      webhook_endpoint: { url: receiver.url },
    } as const;
    await world.stripe.v2.core.eventDestinations.create({ ...destination, enabled_events: ["*"] });
    await expect(listen()).rejects.toMatchObject({ statusCode: 400, message: /maximum of 16/ });
  });

  it("refuses events that do not exist, addresses without a scheme and other API versions", async () => {
    const create = (params: object) =>
      world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ["*"], ...params });
    await expect(create({ enabled_events: ["customer.exploded"] })).rejects.toMatchObject({
      param: "enabled_events[0]",
    });
    await expect(create({ enabled_events: "*" })).rejects.toMatchObject({ param: "enabled_events" });
    await expect(create({ url: "example.com" })).rejects.toMatchObject({ code: "url_invalid" });
    await expect(create({ api_version: "2020-08-27" })).rejects.toMatchObject({
      code: "sandbox_not_modelled",
    });
  });

  it("for connected accounts hears nothing of this account's own events", async () => {
    const endpoint = await world.stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ["*"],
      connect: true,
    });
    expect(endpoint).not.toHaveProperty("connect");
    await world.stripe.customers.create({});
    await world.sandbox.settled();
    expect(receiver.received).toEqual([]);
  });

  it.each(["disabled", "deleted"])("gets no more attempts once it is %s", async (end) => {
    const slow = await start({ retryDelaysMs: [60_000] });
    receiver.answers = [500];
    const endpoint = await slow.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ["*"] });
    receiver.secret = endpoint.secret ?? "";
    await slow.stripe.customers.create({});
    await expect(slow.sandbox.settled(200)).rejects.toThrow(/answered 500/);
    if (end === "deleted") await slow.stripe.webhookEndpoints.del(endpoint.id);
    else await slow.stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    await slow.sandbox.settled(200);
    await slow.stripe.customers.create({});
    await slow.sandbox.settled(200);
    expect(receiver.received).toHaveLength(1);
    expect((await slow.stripe.events.list({ delivery_success: false })).data).toHaveLength(1);
    await slow.sandbox.close();
  });

  it("signs with both secrets while one is rolled", async () => {
    const endpoint = await listen();
    const before = receiver.secret;
    const answer = await world.post(`/_sandbox/endpoints/${endpoint.id}/roll_secret`, {});
    const { secret } = (await answer.json()) as { secret: string };
    await world.stripe.customers.create({});
    await world.sandbox.settled();
    expect(signedBy()).toEqual([secret, before]);
    receiver.secret = world.sandbox.rollSecret(endpoint.id, 0);
    await world.stripe.customers.create({});
    await world.sandbox.settled();
    expect(signedBy()).toEqual([receiver.secret]);

    function signedBy() {
      const { body = "", headers } = receiver.received.at(-1) ?? {};
      const [time = "", ...signatures] = String(headers?.["stripe-signature"]).split(",");
      const digest = (key: string) =>
        `v1=${createHmac("sha256", key)
          .update(`${time.slice(2)}.${body}`)
          .digest("hex")}`;
      const known = [secret, before, receiver.secret];
      return signatures.map((one) => known.find((key) => digest(key) === one));
    }
  });
});

describe("pending_webhooks", () => {
  it("counts the endpoints that have not acknowledged, and the lists filter by it", async () => {
    await listen(["customer.created"]);
    const deaf = await world.stripe.webhookEndpoints.create({
      url: "http://127.0.0.1:1/",
      enabled_events: ["customer.created"],
    });
    await world.stripe.customers.create({});
    await world.stripe.products.create({ name: "A" });
    await world.sandbox.settled();
    const [event] = (await world.stripe.events.list({ delivery_success: false })).data;
    expect(event).toMatchObject({ type: "customer.created", pending_webhooks: 1 });
    const delivered = await world.stripe.events.list({ delivery_success: true });
    expect(delivered.data.map(({ type }) => type)).toEqual(["product.created"]);
    await world.stripe.webhookEndpoints.update(deaf.id, { url: receiver.url });
    receiver.secret = world.sandbox.rollSecret(deaf.id);
    expect(world.sandbox.resend(event?.id ?? "", deaf.id)).toBe(1);
    await world.sandbox.settled();
    expect((await world.stripe.events.retrieve(event?.id ?? "")).pending_webhooks).toBe(0);
    expect(new Set(receiver.received.map((one) => one.event.id)).size).toBe(1);
  });

  it("is not lowered by copies", async () => {
    await listen();
    await world.stripe.webhookEndpoints.create({ url: "http://127.0.0.1:1/", enabled_events: ["*"] });
    world.sandbox.deliveryMode("duplicate");
    await world.stripe.customers.create({});
    await world.sandbox.settled();
    expect((await world.stripe.events.list()).data[0]?.pending_webhooks).toBe(1);
  });
});

describe("events", () => {
  it("are listed by up to twenty types, or by one that may end in *", async () => {
    await world.stripe.customers.create({});
    await world.stripe.products.create({ name: "A" });
    const types = async (params: object) =>
      (await world.stripe.events.list(params)).data.map(({ type }) => type);
    expect(await types({ types: ["product.created", "price.created"] })).toEqual(["product.created"]);
    expect(await types({ type: "customer.*" })).toEqual(["customer.created"]);
    await expect(types({ type: "a", types: ["b"] })).rejects.toMatchObject({ code: "parameters_exclusive" });
    await expect(types({ types: Array(21).fill("customer.created") })).rejects.toMatchObject({
      param: "types",
    });
  });

  it("keep what they showed, whatever becomes of the object", async () => {
    const customer = await world.stripe.customers.create({ name: "Ada", metadata: { plan: "free" } });
    const [event] = (await world.stripe.events.list()).data;
    await world.stripe.customers.update(customer.id, { name: "Eve", metadata: { plan: "pro" } });
    await world.stripe.customers.del(customer.id);
    const later = await world.stripe.events.retrieve(event?.id ?? "");
    expect(later.data).toEqual(event?.data);
    expect(later).toMatchObject({ data: { object: { name: "Ada", metadata: { plan: "free" } } } });
  });

  it("are gone after 30 days, and are sent again until then", async () => {
    await world.stripe.customers.create({});
    const [event] = (await world.stripe.events.list()).data;
    const id = event?.id ?? "";
    await listen();
    world.sandbox.advance(29 * 24 * 3600);
    const answer = await world.post(`/_sandbox/events/${id}/resend`, { endpoint: receiver.url });
    expect(await answer.json()).toEqual({ sent: 1 });
    await world.sandbox.settled();
    expect(receiver.types()).toEqual(["customer.created"]);
    world.sandbox.advance(2 * 24 * 3600);
    expect((await world.stripe.events.list()).data).toEqual([]);
    await expect(world.stripe.events.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
    expect(() => world.sandbox.resend(id)).toThrow(/30 days/);
    expect(() => world.sandbox.resend("evt_none")).toThrow(/No such event/);
  });
});

describe("a draft whose invoice.created is refused", () => {
  async function renewWhileRefused(retryDelaysMs: number[]) {
    const slow = await start({ retryDelaysMs });
    const price = await makePrice(slow.stripe);
    const customer = await makeCustomer(slow.stripe, "pm_card_visa");
    const { id, items } = await slow.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    });
    receiver.answers = Array(60).fill(500);
    const endpoint = await slow.stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ["invoice.created"],
    });
    receiver.secret = endpoint.secret ?? "";
    await slow.advance((items.data[0]?.current_period_end ?? 0) - Date.now() / 1000 + 60);
    while (slow.sandbox.deliveries().length < 1) await new Promise((resolve) => setTimeout(resolve, 2));
    const latest = async () => (await slow.stripe.invoices.list({ subscription: id })).data[0];
    return { slow, latest };
  }

  it("is finalized as soon as the endpoint has it", async () => {
    const { slow, latest } = await renewWhileRefused(Array(50).fill(10));
    expect((await latest())?.webhooks_delivered_at).toBeNull();
    await slow.advance(2 * 3600);
    expect((await latest())?.status).toBe("draft");
    receiver.answers = [];
    await slow.sandbox.settled();
    const paid = await latest();
    expect(paid?.status).toBe("paid");
    expect(paid?.webhooks_delivered_at).toBeGreaterThan(paid?.created ?? 0);
    await slow.sandbox.close();
  });

  it("is finalized after 72 hours, delivered or not", async () => {
    const { slow, latest } = await renewWhileRefused([600_000]);
    await slow.advance(70 * 3600);
    expect((await latest())?.status).toBe("draft");
    await slow.advance(3 * 3600);
    expect(await latest()).toMatchObject({ status: "paid", webhooks_delivered_at: null });
    await slow.sandbox.close();
  });
});
