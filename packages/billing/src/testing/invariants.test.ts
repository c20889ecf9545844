import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rolledBack } from "../db/sql/transaction";
import { requestSweep, workOnRun } from "../reconciliation/run";
import { paidSubscription } from "./builders";
import { type Harness, harness } from "./harness";
import { breakersOf, brokenInvariants, invariants } from "./invariants";
import { plants } from "./invariants/plants";

let h: Harness;

/** One who pays and gets a part back, one who only signed up, and the recurring jobs of an installation. */
beforeAll(async () => {
  h = await harness();
  const session = await h.asCustomer();
  await h.asCustomer();
  const { invoiceId } = await paidSubscription(h, session);
  const staff = await h.asStaff("finance");
  const reason = "requested_by_customer";
  await staff.caller.refunds.create({ operationId: randomUUID(), invoiceId, amount: 1000, reason, note: "" });
  await h.quiet();
  await h.pool.query("INSERT INTO recurring_job (name, last_ok_at) VALUES ('poll_events', now())");
  await requestSweep(h.billing, { kind: "sweep", repairs: true, requestedBy: "nightly" });
  await workOnRun(h.billing, () => false);
  await h.quiet();
  await h.webhooks.worker.stop();
});
afterAll(() => h.close());

it("each invariant has a fault that it would find, and no fault is without one", () => {
  expect(Object.keys(plants).toSorted()).toEqual(invariants.map(({ id }) => id).toSorted());
});

it("find nothing where nothing is wrong", async () => {
  expect(await brokenInvariants(h.pool)).toEqual({});
  for (const invariant of invariants) expect(await breakersOf(h.pool, invariant)).toEqual([]);
});

describe.each(invariants.map((invariant) => [invariant.id, invariant.says, invariant] as const))(
  "%s: %s",
  (id, _says, invariant) => {
    it.each(Object.entries(plants[id] ?? {}))("finds %s", async (_what, sql) => {
      const found = await rolledBack(h.pool, async (client) => {
        await client.query(sql);
        return breakersOf(client, invariant);
      });
      expect(found.length).toBeGreaterThan(0);
    });
  },
);

it("and what was planted is gone again", async () => {
  expect(await brokenInvariants(h.pool)).toEqual({});
});
