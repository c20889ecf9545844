import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJournal } from "./journal";
import { Store } from "./store";
import { start, startReceiver } from "./testing/start";
import { makeCustomer, makeIncomplete, makePrice } from "./testing/world";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe.each(["in memory", "with a data directory"])("a snapshot %s", (where) => {
  const options = () => (where === "in memory" ? {} : { dataDir });

  it("brings back objects, timers, idempotent answers, deliveries and the time", async () => {
    const receiver = await startReceiver();
    const world = await start({ ...options(), forward: [{ url: receiver.url, secret: receiver.secret }] });
    const price = await makePrice(world.stripe);
    const customer = await makeCustomer(world.stripe, "pm_card_visa");
    const { subscription } = await makeIncomplete(world.stripe, customer.id, price.id);
    const create = () => world.stripe.customers.create({ name: "Ada" }, { idempotencyKey: "row-1" });
    const { id } = await create();
    await world.sandbox.settled();
    const name = world.sandbox.snapshot();
    await world.sandbox.advance(24 * 3600);
    await world.stripe.customers.del(id);
    const status = async () => (await world.stripe.subscriptions.retrieve(subscription.id)).status;
    expect(await status()).toBe("incomplete_expired");
    world.sandbox.restore(name);
    expect(await status()).toBe("incomplete");
    expect((await create()).id).toBe(id);
    expect((await world.stripe.customers.list()).data.map((row) => row.id)).toEqual([id, customer.id]);
    const fresh = await world.stripe.products.create({ name: "now" });
    expect(Math.abs(fresh.created - Date.now() / 1000)).toBeLessThan(30);
    await world.sandbox.advance(24 * 3600);
    expect(await status()).toBe("incomplete_expired");
    await world.sandbox.settled();
    expect(receiver.types().filter((type) => type === "customer.subscription.updated")).toHaveLength(2);
    await world.sandbox.close();
    await receiver.close();
  });

  it("has a name, and refuses one that does not exist or leads elsewhere", async () => {
    const world = await start(options());
    const answer = await world.post("/_sandbox/snapshot", { name: "before" });
    expect(await answer.json()).toEqual({ snapshot: "before" });
    expect(await (await fetch(`${world.sandbox.url}/_sandbox/snapshots`)).json()).toEqual(["before"]);
    expect((await world.post("/_sandbox/restore", { name: "before" })).status).toBe(200);
    expect((await world.post("/_sandbox/restore", { name: "never" })).status).toBe(404);
    expect((await world.post("/_sandbox/restore", { name: "../../state" })).status).toBe(404);
    expect((await world.post("/_sandbox/snapshot", { name: "../x" })).status).toBe(400);
    expect((await world.post("/_sandbox/snapshot", { name: 5 })).status).toBe(400);
    await world.sandbox.close();
  });
});

it("survives the process when there is a data directory", async () => {
  const first = await start({ dataDir });
  const { id } = await first.stripe.customers.create({ name: "Ada" });
  first.sandbox.snapshot("demo");
  await first.stripe.customers.del(id);
  await first.sandbox.close();
  const second = await start({ dataDir });
  expect((await second.stripe.customers.list()).data).toEqual([]);
  second.sandbox.restore("demo");
  await second.sandbox.close();
  const third = await start({ dataDir });
  expect((await third.stripe.customers.list()).data.map((row) => row.id)).toEqual([id]);
  await third.sandbox.close();
});

describe("the journal", () => {
  const row = (id: string, amount: number) => ({
    id,
    item: "si",
    amount,
    start: 0,
    end: 1,
    invoice: null,
    source: "x".repeat(900),
  });

  it("is rewritten when it has grown, and loses nothing", () => {
    const store = new Store();
    const journal = openJournal(dataDir, store, 20_000);
    const sizes: number[] = [];
    for (let at = 0; at < 400; at++) {
      store.put("billed_spans", row(`span_${at % 10}`, at));
      journal.append([["billed_spans", `span_${at % 10}`, store.get("billed_spans", `span_${at % 10}`)]]);
      sizes.push(statSync(join(dataDir, "state.jsonl")).size);
    }
    journal.close();
    expect(Math.max(...sizes)).toBeLessThan(45_000);
    const loaded = new Store();
    openJournal(dataDir, loaded).close();
    expect(loaded.count("billed_spans")).toBe(10);
    expect(loaded.get("billed_spans", "span_9")?.amount).toBe(399);
    expect(readdirSync(dataDir)).toEqual(["state.jsonl"]);
  });

  it("reads lines that are longer than its pieces, with letters that are cut in two", () => {
    const store = new Store();
    const journal = openJournal(dataDir, store);
    const source = "é€".repeat(700_000);
    journal.append([["billed_spans", "long", { ...row("long", 1), source }]]);
    journal.append([["billed_spans", "next", row("next", 2)]]);
    journal.close();
    const loaded = new Store();
    openJournal(dataDir, loaded).close();
    expect(loaded.get("billed_spans", "long")?.source).toBe(source);
    expect(loaded.get("billed_spans", "next")?.amount).toBe(2);
  });
});
