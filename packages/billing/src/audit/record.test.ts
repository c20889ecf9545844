import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { customerTimeline } from "./queries";
import { recordAudit, stripeActor } from "./record";

let billing: BareBilling;

beforeAll(async () => {
  billing = await bareBilling();
});
afterAll(() => billing.close());

const source = { actor: stripeActor, requestId: "req_1", ip: "192.0.2.1" };
const entry = { action: "refunds.create", customerId: "c1", targetType: "refund", targetId: "re_1" };

test("an entry and its change are there together or not at all", async () => {
  const failing = billing.db.$transaction(async (tx) => {
    await recordAudit(tx, source, { ...entry, customerId: "rolled-back" });
    throw new Error("after the entry");
  });
  await expect(failing).rejects.toThrow("after the entry");
  expect(await customerTimeline(billing.db, "rolled-back", 10)).toEqual([]);
});

test("the timeline is newest first, of one customer, with amounts readable", async () => {
  await recordAudit(billing.db, source, {
    ...entry,
    before: null,
    after: { amount: 12n, status: "pending" },
  });
  await recordAudit(billing.db, source, { ...entry, targetId: "re_2", reason: "bank\r\nsaid \u0000no" });
  await recordAudit(billing.db, source, { ...entry, customerId: "c2" });
  const timeline = await customerTimeline(billing.db, "c1", 10);
  expect(timeline).toMatchObject([
    { targetId: "re_2", reason: "bank said no", actor: { kind: "stripe", name: "Stripe" }, before: null },
    { targetId: "re_1", reason: null, after: { amount: "12", status: "pending" } },
  ]);
  expect(await customerTimeline(billing.db, "c1", 1)).toHaveLength(1);
  expect(Object.keys(timeline[0] ?? {})).not.toContain("ip");
});

test.each([
  "UPDATE audit_entry SET reason = 'rewritten'",
  "DELETE FROM audit_entry",
  "TRUNCATE audit_entry",
  "TRUNCATE audit_entry CASCADE",
])("the database refuses: %s", async (sql) => {
  await recordAudit(billing.db, source, entry);
  await expect(billing.pool.query(sql)).rejects.toMatchObject({
    code: "23001",
    message: "audit_entry is append-only",
  });
});
