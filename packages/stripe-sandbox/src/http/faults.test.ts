import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf, type Started, start } from "../testing/start";

let world: Started;
let once: Stripe;

beforeEach(async () => {
  world = await start();
  once = new Stripe("sk_test_once", {
    host: "127.0.0.1",
    port: world.sandbox.port,
    protocol: "http",
    maxNetworkRetries: 0,
  });
});
afterEach(() => world.sandbox.close());

const names = async () => (await world.stripe.customers.list()).data.map(({ name }) => name);

describe("a fault", () => {
  it("answers a status for the next n calls of a path, before anything is done", async () => {
    world.sandbox.fault({ path: "/v1/customers", method: "POST", status: 503, times: 2 });
    for (let at = 0; at < 2; at++)
      await expect(once.customers.create({ name: "no" })).rejects.toMatchObject({ statusCode: 503 });
    await once.customers.create({ name: "yes" });
    expect(await names()).toEqual(["yes"]);
  });

  it("answers 429 with Retry-After and the code that was asked for", async () => {
    world.sandbox.fault({ path: "/v1/*", status: 429, code: "lock_timeout", retryAfter: 7 });
    const response = await fetch(`${world.sandbox.url}/v1/customers`, {
      headers: { authorization: "Bearer sk_test_x" },
    });
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({ error: { code: "lock_timeout" } });
  });

  it("strikes a share of the calls for a while, the same ones for the same seed", async () => {
    const struck = async () => {
      const id = world.sandbox.fault({
        path: "/v1/balance",
        status: 429,
        chance: 0.5,
        seed: 4,
        forMs: 60_000,
      });
      const statuses: number[] = [];
      for (let at = 0; at < 20; at++)
        statuses.push(
          await once.balance.retrieve().then(
            () => 200,
            (error: Stripe.errors.StripeError) => error.statusCode ?? 0,
          ),
        );
      world.sandbox.clearFaults();
      return { id, statuses };
    };
    const [first, second] = [await struck(), await struck()];
    expect(first.statuses).toEqual(second.statuses);
    expect(first.statuses).toContain(200);
    expect(first.statuses).toContain(429);
    expect(second.id).toBeGreaterThan(first.id);
  });

  it("cuts the connection before the work", async () => {
    // The client tries a closed connection once more, whatever it is told.
    world.sandbox.fault({ path: "/v1/customers", reset: true, times: 2 });
    await expect(once.customers.create({ name: "before" })).rejects.toMatchObject({
      type: "StripeConnectionError",
    });
    expect(await names()).toEqual([]);
  });

  it("cuts the connection after the work, and the same key finds the result", async () => {
    world.sandbox.fault({ path: "/v1/customers", method: "POST", dropAfterCommit: true });
    const customer = await clientOf(world.sandbox).customers.create({ name: "after" });
    expect(customer.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(await names()).toEqual(["after"]);
  });

  it("keeps a 500 under its key, so that only another key gets through", async () => {
    world.sandbox.fault({ path: "/v1/customers", method: "POST", status: 500, saved: true });
    const create = (idempotencyKey: string) => once.customers.create({ name: "Ada" }, { idempotencyKey });
    for (let at = 0; at < 2; at++) await expect(create("one")).rejects.toMatchObject({ statusCode: 500 });
    expect(await names()).toEqual([]);
    await create("two");
    expect(await names()).toEqual(["Ada"]);
  });

  it("waits before or after the work", async () => {
    world.sandbox.fault({ path: "/v1/customers", method: "POST", latencyMs: 80 });
    world.sandbox.fault({ path: "/v1/customers", method: "POST", holdMs: 80 });
    for (let at = 0; at < 2; at++) {
      const started = Date.now();
      await once.customers.create({});
      expect(Date.now() - started).toBeGreaterThanOrEqual(75);
    }
  });
});

describe("a stale read", () => {
  it("sees the moment the fault was added, and writes go on", async () => {
    const customer = await once.customers.create({ name: "old" });
    world.sandbox.fault({ path: "/v1/customers*", staleMs: 60_000 });
    await once.customers.update(customer.id, { name: "new" });
    const later = await once.customers.create({ name: "later" });
    expect(await once.customers.retrieve(customer.id)).toMatchObject({ name: "old" });
    await expect(once.customers.retrieve(later.id)).rejects.toMatchObject({ statusCode: 404 });
    expect((await once.events.list()).data).toHaveLength(3);
    world.sandbox.clearFaults();
    expect(await names()).toEqual(["later", "new"]);
  });

  it("is fresh again after its time", async () => {
    const customer = await once.customers.create({ name: "old" });
    world.sandbox.fault({ path: "/v1/customers/*", staleMs: 60 });
    await once.customers.update(customer.id, { name: "new" });
    const read = async () => (await once.customers.retrieve(customer.id)) as Stripe.Customer;
    expect((await read()).name).toBe("old");
    while ((await read()).name !== "new") await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

it("lists the faults that wait, and clears them", async () => {
  await world.post("/_sandbox/faults", { path: "/v1/x", status: 500, times: 3 });
  const url = `${world.sandbox.url}/_sandbox/faults`;
  expect(await (await fetch(url)).json()).toMatchObject([{ id: 1, path: "/v1/x", status: 500, left: 3 }]);
  await fetch(url, { method: "DELETE" });
  expect(await (await fetch(url)).json()).toEqual([]);
});

it.each([
  { path: "v1/x", status: 500 },
  { path: "/v1/x" },
  { path: "/v1/x", status: 200 },
  { path: "/v1/x", status: 500, times: 0 },
  { path: "/v1/x", status: 500, chance: 2 },
  { path: "/v1/x", latencyMs: "long" },
  { path: "/v1/x", reset: "yes" },
  { path: "/v1/x", explode: true },
])("refuses the fault %j with a reason", async (fault) => {
  const response = await world.post("/_sandbox/faults", fault);
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: { message: string } }).error.message).toBeTruthy();
});
