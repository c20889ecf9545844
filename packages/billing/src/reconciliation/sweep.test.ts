import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { subscribed } from "../testing/subscribed";
import { requestSweep, workOnRun } from "./run";
import { sources } from "./sources";
import { mirrorTables } from "./tables";

let h: Harness;
let session: CustomerSession;
let stripeCustomer: string;

const never = () => false;

beforeAll(async () => {
  h = await harness();
  session = await subscribed(h);
  const row = await h.db.customer.findUniqueOrThrow({ where: { id: session.customerId } });
  stripeCustomer = row.stripeCustomerId ?? "";
  await h.stripe.customers.createBalanceTransaction(stripeCustomer, { amount: -300, currency: "usd" });
  const { invoices } = await session.caller.invoices.list({});
  const staff = await h.asStaff("finance");
  await staff.caller.refunds.create({
    operationId: randomUUID(),
    invoiceId: invoices[0]?.id ?? "",
    amount: 1200,
    reason: "requested_by_customer",
    note: "",
  });
  await h.quiet();
  // The catalogue was made before anybody listened.
  await sweep({ repairs: true, objectTypes: ["product", "coupon", "promotion_code"] });
});
beforeEach(() => h.quiet());
afterAll(() => h.close());

async function sweep(options: { repairs: boolean; objectTypes?: string[] }) {
  const runId = await requestSweep(h.billing, { kind: "sweep", requestedBy: "test", ...options });
  await workOnRun(h.billing, never);
  const run = await h.db.reconcileRun.findUniqueOrThrow({ where: { id: runId } });
  expect(run).toMatchObject({ state: "done", error: null });
  return h.db.drift.findMany({ where: { runId }, orderBy: { id: "asc" } });
}

const snapshot = async () => {
  const tables = Object.values(mirrorTables).flatMap(({ main, parts }) => [main, ...parts]);
  const rows: Record<string, unknown[]> = {};
  for (const { table } of tables) {
    const found = await h.pool.query(`SELECT to_jsonb(t) - 'synced_at' AS row FROM "${table}" t ORDER BY id`);
    rows[table] = found.rows;
  }
  return rows;
};

it("has a source and a place in the mirror for the same types", () => {
  expect(sources.map(({ objectType }) => objectType).toSorted()).toEqual(
    Object.keys(mirrorTables).toSorted(),
  );
});

it("finds nothing where nothing is wrong, and leaves nothing behind", async () => {
  const before = await snapshot();
  expect(await sweep({ repairs: true })).toEqual([]);
  expect(await snapshot()).toEqual(before);
  expect(await h.db.reconcileSeen.count()).toBe(0);
});

it("D04: finds and repairs each row that was changed, deleted or made up by hand; a second sweep finds none", async () => {
  const truth = await snapshot();
  const { customerId } = session;
  await h.pool.query("UPDATE subscription SET status = 'past_due', quantity = 9 WHERE customer_id = $1", [
    customerId,
  ]);
  await h.pool.query("UPDATE invoice SET paid_amount = paid_amount + 1 WHERE customer_id = $1", [customerId]);
  await h.pool.query("DELETE FROM invoice_line WHERE customer_id = $1", [customerId]);
  await h.pool.query("DELETE FROM refund WHERE customer_id = $1", [customerId]);
  await h.pool.query("UPDATE price SET unit_amount = 1 WHERE plan_id = 'growth'");
  await h.pool.query("UPDATE customer_balance_transaction SET amount = -999 WHERE customer_id = $1", [
    customerId,
  ]);
  await h.pool.query(
    `INSERT INTO payment (customer_id, id, status, currency, amount, created_at, synced_at)
    VALUES ($1, 'pi_made_up', 'succeeded', 'usd', 5, now(), now())`,
    [customerId],
  );
  const found = await sweep({ repairs: true });
  const kinds = Object.fromEntries(found.map(({ objectType, kind }) => [objectType, kind]));
  expect(kinds).toMatchObject({
    subscription: "differs",
    invoice: "differs",
    refund: "missing_here",
    price: "differs",
    customer_balance: "differs",
    payment_intent: "unknown_to_stripe",
  });
  expect(found.every(({ repairedAt }) => repairedAt !== null)).toBe(true);
  // Of the price no event came either: it was made before anybody listened.
  const told = found.filter(({ objectType }) => objectType !== "price");
  expect(told.every(({ cause }) => cause === "changed_here")).toBe(true);
  await h.quiet();
  expect(await snapshot()).toEqual(truth);
  expect(await sweep({ repairs: true })).toEqual([]);
  expect(await brokenInvariants(h.pool)).toEqual({});
  const entries = await h.db.auditEntry.findMany({
    where: { customerId, action: "reconciliation.repaired" },
  });
  const subscription = entries.find(({ targetType }) => targetType === "subscription");
  expect(Object.values(subscription?.before ?? {})).toContain("past_due");
  expect(Object.values(subscription?.after ?? {})).toContain("active");
});

it("only reports when it is not to repair, with field, both values and the likely cause", async () => {
  await h.pool.query("UPDATE customer SET email = 'wrong@customer.example' WHERE id = $1", [
    session.customerId,
  ]);
  const before = await snapshot();
  const [drift, ...more] = await sweep({ repairs: false });
  expect(more).toEqual([]);
  expect(drift).toMatchObject({
    objectType: "customer",
    objectId: stripeCustomer,
    kind: "differs",
    repairedAt: null,
  });
  expect(drift?.fields).toMatchObject([
    { table: "customer", field: "email", ours: "wrong@customer.example" },
  ]);
  expect(await snapshot()).toEqual(before);

  const staff = await h.asStaff("finance");
  const listed = await staff.caller.reconciliation.drift({ open: true });
  expect(listed.drift).toMatchObject([{ objectId: stripeCustomer, cause: "changed_here" }]);
  const driftId = listed.drift[0]?.id ?? "";
  expect(await staff.caller.reconciliation.repair({ driftId, reason: "wrong address" })).toEqual({
    repaired: true,
  });
  expect((await staff.caller.reconciliation.drift({ open: true })).drift).toEqual([]);
  expect(await sweep({ repairs: false })).toEqual([]);
});

it("says that an event was lost when Stripe has one that never came", async () => {
  h.sandbox.deliveryMode(["drop"], { times: 5 });
  await h.stripe.customers.update(stripeCustomer, { name: "Nobody told us" });
  await h.sandbox.settled();
  h.sandbox.deliveryMode([]);
  const [drift] = await sweep({ repairs: true });
  expect(drift).toMatchObject({ objectType: "customer", cause: "event_lost", kind: "differs" });
});

it("goes on where it was cut off", async () => {
  for (let more = 0; more < 5; more++) await h.stripe.products.create({ name: `Product ${more}` });
  await h.quiet();
  const all = await h.db.product.count();
  const runId = await requestSweep(h.billing, {
    kind: "sweep",
    repairs: true,
    requestedBy: "test",
    objectTypes: ["product"],
  });
  let looks = 0;
  await workOnRun(h.billing, () => ++looks > 1, 3);
  const progress = { where: { runId_objectType: { runId, objectType: "product" } } };
  expect(await h.db.reconcileProgress.findUnique(progress)).toMatchObject({ listed: 3n, finishedAt: null });
  const before = h.sandbox.calls().length;
  await workOnRun(h.billing, never, 3);
  expect(await h.db.reconcileProgress.findUnique(progress)).toMatchObject({ listed: BigInt(all) });
  const pages = h.sandbox
    .calls()
    .slice(before)
    .filter(({ path }) => path === "/v1/products");
  expect(pages.length).toBe(Math.ceil(all / 3) - 1);
  expect(await h.db.drift.count({ where: { runId } })).toBe(0);
});

it("can be stopped, and does not go on then", async () => {
  const staff = await h.asStaff("admin");
  const { runId } = await staff.caller.reconciliation.start({
    kind: "sweep",
    repairs: false,
    reason: "a look",
  });
  expect(await staff.caller.reconciliation.stop({ runId, reason: "not now" })).toEqual({ stopped: true });
  expect(await workOnRun(h.billing, never)).toBe(false);
  expect(await staff.caller.reconciliation.run({ runId })).toMatchObject({ state: "stopped", found: 0 });
});
