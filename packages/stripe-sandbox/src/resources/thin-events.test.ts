import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventNames } from "../event-names";
import { type Receiver, type Started, start, startReceiver } from "../testing/start";
import { makeCustomer, makePrice } from "../testing/world";
import { thinTypeOf } from "../thin-events";

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

type Given = Partial<Stripe.V2.Core.EventDestinationCreateParams>;

async function listen(given: Given = {}) {
  const destination = await world.stripe.v2.core.eventDestinations.create({
    name: "Main",
    type: "webhook_endpoint",
    event_payload: "thin",
    enabled_events: ["*"],
    webhook_endpoint: { url: receiver.url },
    include: ["webhook_endpoint.signing_secret", "webhook_endpoint.url"],
    ...given,
  });
  receiver.secret = destination.webhook_endpoint?.signing_secret ?? "";
  return destination;
}

describe("the names of events", () => {
  const folder = join(dirname(createRequire(import.meta.url).resolve("stripe")), "..", "esm", "resources");
  const quoted = (text: string) =>
    [...text.matchAll(/'([a-z0-9_.]+\.[a-z0-9_.]+)'/g)].map(([, name]) => name);

  it("are those the stripe package declares", () => {
    const declared = readFileSync(join(folder, "Events.d.ts"), "utf8");
    const types = /type Type = ([^;]+);/.exec(declared)?.[1] ?? "";
    expect([...eventNames].toSorted()).toEqual(quoted(types).toSorted());
  });

  it("have a thin form exactly where the stripe package has one", () => {
    const thin = new Set(quoted(readFileSync(join(folder, "V2", "Core", "Events.d.ts"), "utf8")));
    for (const type of eventNames)
      expect([type, thinTypeOf({ object: "event", type })]).toEqual([
        type,
        thin.has(`v1.${type}`) ? `v1.${type}` : undefined,
      ]);
  });
});

describe("a thin event", () => {
  it("is delivered without data, and leads to the event and the object", async () => {
    await listen({ enabled_events: ["v1.customer.created"] });
    const { id, lastResponse } = await world.stripe.customers.create(
      { name: "Ada" },
      { idempotencyKey: "k" },
    );
    await world.stripe.products.create({ name: "not asked for" });
    await world.sandbox.settled();
    expect(receiver.thin).toHaveLength(1);
    const { body } = receiver.thin[0] ?? { body: "" };
    expect(JSON.parse(body)).toMatchObject({
      object: "v2.core.event",
      type: "v1.customer.created",
      livemode: false,
      reason: { type: "request", request: { id: lastResponse.requestId, idempotency_key: "k" } },
      related_object: { id, type: "customer", url: `/v1/customers/${id}` },
    });
    expect(JSON.parse(body)).not.toHaveProperty("data");
    const signature = world.stripe.webhooks.generateTestHeaderString({ payload: body, secret: "whsec_t" });
    const parsed = world.stripe.parseEventNotification(body, signature, "whsec_t");
    if (parsed.type !== "v1.customer.created") throw new Error(parsed.type);
    expect(await parsed.fetchRelatedObject()).toMatchObject({ id, name: "Ada" });
    const event = await parsed.fetchEvent();
    expect(event).toMatchObject({ id: parsed.id, type: "v1.customer.created" });
    expect((await world.stripe.events.retrieve(event.snapshot_event ?? "")).type).toBe("customer.created");
  });

  it("can be fetched for everything a subscription causes, with its object", async () => {
    const price = await makePrice(world.stripe);
    const customer = await makeCustomer(world.stripe, "pm_card_visa");
    const items = [{ price: price.id }];
    await world.stripe.subscriptions.create({ customer: customer.id, items });
    await world.sandbox.settled();
    const events = await world.stripe.v2.core.events.list({ limit: 100 });
    const snapshots = await world.stripe.events.list({ limit: 100 });
    expect(events.data.map(({ type }) => type)).toEqual(snapshots.data.map(({ type }) => `v1.${type}`));
    for (const event of events.data) {
      if (!("fetchRelatedObject" in event)) throw new Error(`${event.type} leads nowhere`);
      const found = (await event.fetchRelatedObject()) as { id: string };
      expect(found.id).toBe((event.related_object as { id: string }).id);
    }
  });

  it("is found by object, type and time, page by page", async () => {
    const customer = await world.stripe.customers.create({});
    for (const name of ["a", "b", "c"]) await world.stripe.customers.update(customer.id, { name });
    await world.stripe.products.create({ name: "A" });
    const found: string[] = [];
    const query = { object_id: customer.id, types: ["v1.customer.updated"], limit: 2 };
    for await (const event of world.stripe.v2.core.events.list(query)) found.push(event.type);
    expect(found).toEqual(Array(3).fill("v1.customer.updated"));
    const none = await world.stripe.v2.core.events.list({ created: { lt: 1_600_000_000 } });
    expect(none.data).toEqual([]);
    await expect(world.stripe.v2.core.events.list({ limit: 101 })).rejects.toMatchObject({ statusCode: 400 });
    await expect(world.stripe.v2.core.events.retrieve("evt_test_none")).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});

describe("an event destination", () => {
  it("shows its address and secret only when asked, the secret only when made", async () => {
    const made = await listen({ description: "d", metadata: { team: "x" } });
    expect(made.webhook_endpoint?.url).toBe(receiver.url);
    expect(receiver.secret).toMatch(/^whsec_/);
    const { eventDestinations } = world.stripe.v2.core;
    expect((await eventDestinations.retrieve(made.id)).webhook_endpoint).toEqual({});
    const shown = await eventDestinations.retrieve(made.id, { include: ["webhook_endpoint.url"] });
    expect(shown.webhook_endpoint).toEqual({ url: receiver.url });
    const updated = await eventDestinations.update(made.id, { name: "New", metadata: { team: null } });
    expect(updated).toMatchObject({ name: "New", metadata: {}, description: "d", status: "enabled" });
    expect((await eventDestinations.list()).data.map(({ id }) => id)).toEqual([made.id]);
    expect(await eventDestinations.del(made.id)).toMatchObject({ id: made.id });
    await expect(eventDestinations.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it("is silent while it is disabled, and answers a ping", async () => {
    const { id } = await listen({ enabled_events: ["v1.product.created"] });
    const { eventDestinations } = world.stripe.v2.core;
    expect(await eventDestinations.disable(id)).toMatchObject({
      status: "disabled",
      status_details: { disabled: { reason: "user" } },
    });
    await world.stripe.products.create({ name: "A" });
    await world.sandbox.settled();
    expect(receiver.thin).toEqual([]);
    expect(await eventDestinations.enable(id)).not.toHaveProperty("status_details");
    const ping = await eventDestinations.ping(id);
    await world.sandbox.settled();
    expect(receiver.thin.map(({ notification }) => notification.id)).toEqual([ping.id]);
    expect(await world.stripe.v2.core.events.retrieve(ping.id)).toMatchObject({
      type: "v2.core.event_destination.ping",
      related_object: { id },
    });
  });

  it("may ask for snapshots instead", async () => {
    const made = await listen({ event_payload: "snapshot", enabled_events: ["customer.created"] });
    expect(made.snapshot_api_version).toBe("2026-10-28.endive");
    await world.stripe.customers.create({});
    await world.sandbox.settled();
    expect(receiver.types()).toEqual(["customer.created"]);
  });

  it.each([
    [{ enabled_events: ["customer.created"] }, "enabled_events[0]"],
    [{ enabled_events: ["v1.treasury.received_debit.created"] }, "enabled_events[0]"],
    [{ event_payload: "snapshot", enabled_events: ["v1.customer.created"] }, "enabled_events[0]"],
    [{ snapshot_api_version: "2026-10-28.endive" }, "snapshot_api_version"],
    [{ type: "amazon_eventbridge" }, "type"],
    [{ webhook_endpoint: { url: "nowhere" } }, "webhook_endpoint[url]"],
    [{ colour: "red" }, "colour"],
  ])("is refused with %j", async (given, param) => {
    await expect(listen(given as Given)).rejects.toMatchObject({ statusCode: 400, param });
  });

  it("is made once for one idempotency key, and a failed attempt may be repeated under its key", async () => {
    const params = {
      name: "Main",
      type: "webhook_endpoint",
      event_payload: "thin",
      enabled_events: ["*"],
      webhook_endpoint: { url: receiver.url },
    } as const;
    const create = (key: string) =>
      world.stripe.v2.core.eventDestinations.create(
        { ...params, enabled_events: ["*"] },
        { idempotencyKey: key },
      );
    expect((await create("one")).id).toBe((await create("one")).id);
    for (let at = 0; at < 15; at++) await create(`more-${at}`);
    await expect(create("late")).rejects.toMatchObject({ message: /maximum of 16/ });
    const [first] = (await world.stripe.v2.core.eventDestinations.list()).data;
    await world.stripe.v2.core.eventDestinations.del(first?.id ?? "");
    expect((await create("late")).status).toBe("enabled");
  });
});
