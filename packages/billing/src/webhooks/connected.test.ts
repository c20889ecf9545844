import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { markDirty } from "../db/sql/dirty-objects";
import { type Harness, harness } from "../testing/harness";
import { until } from "../testing/until";
import { type Handler, handlers } from "./handlers";
import { startWorker, type Worker, type WorkerOptions } from "./work";

let h: Harness;
let account: string;
let worker: Worker | undefined;

beforeAll(async () => {
  h = await harness();
  await h.quiet();
  await h.webhooks.worker.stop();
  account = (await h.stripe.accounts.create({ type: "standard", country: "US" })).id;
});
afterAll(async () => {
  await worker?.stop();
  await h.close();
});
beforeEach(async () => {
  await worker?.stop();
  await h.pool.query("TRUNCATE dirty_object");
});

const start = (connected: Record<string, Handler>, options: WorkerOptions = {}) => {
  worker = startWorker(h.billing, {
    pollMs: 10,
    backoffMs: 10,
    tables: { own: handlers, connected },
    ...options,
  });
  return worker;
};
const row = async (objectId: string) =>
  (await h.pool.query("SELECT * FROM dirty_object WHERE object_id = $1", [objectId])).rows[0];

it("B09: an object of a connected account is read on its behalf, and our mirror stays as it is", async () => {
  const theirs = await h.stripe.customers.create({ name: "Theirs" }, { stripeAccount: account });
  await h.sandbox.settled();
  await h.pool.query("TRUNCATE dirty_object");
  const seen: (string | null | undefined)[] = [];
  const customer: Handler = async ({ stripe }, id) => {
    const found = await stripe.customers.retrieve(id);
    return async () => void seen.push(found.deleted ? null : found.name);
  };
  await markDirty(h.pool, { accountId: account, objectType: "customer", objectId: theirs.id });
  await start({ customer }).idle();
  expect(seen).toEqual(["Theirs"]);
  expect(await h.db.customer.findUnique({ where: { stripeCustomerId: theirs.id } })).toBeNull();
});

it("B09: what is gone in a connected account takes nothing of ours with it", async () => {
  const ours = await h.stripe.customers.create({ name: "Ours" });
  const gone: Handler = async ({ stripe }, id) => {
    await stripe.invoices.retrieve(id);
    return async () => undefined;
  };
  await h.sandbox.settled();
  await h.pool.query("TRUNCATE dirty_object");
  const draft = await h.stripe.invoices.create({ customer: ours.id });
  await h.sandbox.settled();
  await start({}).idle();
  expect(await h.db.invoice.findFirst({ where: { id: draft.id } })).not.toBeNull();
  await worker?.stop();
  await markDirty(h.pool, { accountId: account, objectType: "invoice", objectId: draft.id });
  await start({ invoice: gone }).idle();
  expect(await h.db.invoice.findFirst({ where: { id: draft.id } })).toMatchObject({ status: "draft" });
});

it("B09: no handler of ours runs for an object of theirs", async () => {
  await markDirty(h.pool, { accountId: account, objectType: "customer", objectId: "cus_theirs" });
  start({});
  await until("it to be given up", async () => (await row("cus_theirs")).dead_at !== null);
  expect(await row("cus_theirs")).toMatchObject({ dead_reason: "not_mappable", attempts: 1 });
});
