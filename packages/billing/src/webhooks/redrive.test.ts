import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffRole } from "../access/permissions";
import type { Ctx, StaffActor } from "../context";
import { markDirty } from "../db/sql/dirty-objects";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { adminRouter } from "../trpc/admin-router";
import { dropBodies } from "./drop-bodies";

let billing: BareBilling;

beforeAll(async () => {
  billing = await bareBilling();
});
afterAll(() => billing.close());
beforeEach(() => billing.pool.query("TRUNCATE dirty_object, webhook_event, rate_limit"));

const as = (role: StaffRole) => {
  const actor: StaffActor = {
    kind: "staff",
    id: randomUUID(),
    name: "Grace",
    email: "grace@farebox.example",
    role,
  };
  const ctx: Ctx = { ...billing, actor, requestId: "req_1", ip: null };
  return adminRouter.createCaller(ctx).webhooks;
};
const key = (objectId: string, accountId = "own") => ({ accountId, objectType: "invoice", objectId });

async function stuck(
  objectId: string,
  fields = "dead_at = now(), dead_reason = 'stripe_unavailable', due_at = NULL",
) {
  await markDirty(billing.pool, key(objectId));
  await billing.pool.query(
    `UPDATE dirty_object SET attempts = 15, first_error = 'Error: first', first_failed_at = now(),
      last_error = 'Error: last', last_failed_at = now(), ${fields} WHERE object_id = $1`,
    [objectId],
  );
}
const row = async (objectId: string) =>
  (await billing.pool.query("SELECT * FROM dirty_object WHERE object_id = $1", [objectId])).rows[0];
const told = async () =>
  (await billing.pool.query("SELECT * FROM audit_entry WHERE action = 'webhooks.redriven' ORDER BY seq"))
    .rows;

describe("objects that could not be applied", () => {
  it("are listed with why, the first and the last error and the newest event", async () => {
    await stuck("in_dead");
    await stuck("in_failing", "due_at = now() + interval '1 minute'");
    await billing.pool.query(
      `INSERT INTO webhook_event (account_id, id, endpoint_id, type, livemode, status, raw, raw_sha256, created_at,
        object_type, object_id, received_at)
      SELECT 'own', 'evt_' || n, 'main', 'invoice.paid', false, 'received', '', '', now(), 'invoice', 'in_dead',
        now() + n * interval '1 second' FROM generate_series(1, 3) AS n`,
    );
    expect(await as("support").dead({})).toMatchObject([
      {
        objectId: "in_dead",
        deadReason: "stripe_unavailable",
        firstError: "Error: first",
        lastError: "Error: last",
        lastEventId: "evt_3",
        nextTryAt: null,
      },
    ]);
    expect(await as("support").failing({})).toMatchObject([
      { objectId: "in_failing", deadAt: null, nextTryAt: expect.stringMatching(/Z$/) },
    ]);
    expect(await as("support").dead({ deadReason: "not_mappable" })).toEqual([]);
    expect(await as("support").dead({ objectType: "invoice" })).toHaveLength(1);
  });

  it("one of them is tried again at once, which is told with who and why", async () => {
    await stuck("in_1");
    expect(await as("finance").redrive({ ...key("in_1"), reason: "Stripe is back" })).toEqual({ revived: 1 });
    expect(await row("in_1")).toMatchObject({ dead_at: null, dead_reason: null, attempts: 0, priority: 0 });
    expect((await row("in_1")).due_at).toBeInstanceOf(Date);
    expect((await told()).at(-1)).toMatchObject({
      actor_name: "Grace",
      target_id: "in_1",
      reason: "Stripe is back",
      request_id: "req_1",
    });
  });

  it("nothing is tried again that was not stuck", async () => {
    await markDirty(billing.pool, key("in_fine"));
    const before = (await told()).length;
    for (const objectId of ["in_fine", "in_unknown"]) {
      await expect(as("admin").redrive({ ...key(objectId), reason: "just in case" })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
    await stuck("in_other");
    await expect(
      as("admin").redrive({ ...key("in_other", "acct_1"), reason: "of another account" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await told()).toHaveLength(before);
  });

  it("a kind of them is tried again, the oldest first and so many at a time", async () => {
    for (const number of [1, 2, 3, 4, 5]) {
      await stuck(
        `in_${number}`,
        `dead_at = now() + ${number} * interval '1 s', dead_reason = 'stripe_unavailable', due_at = NULL`,
      );
    }
    await stuck("in_other", "dead_at = now(), dead_reason = 'not_mappable', due_at = NULL");
    const matching = { deadReason: "stripe_unavailable", limit: 3, reason: "the outage is over" };
    expect(await as("finance").redriveMatching(matching)).toEqual({ revived: 3 });
    const { rows } = await billing.pool.query(
      "SELECT object_id FROM dirty_object WHERE dead_at IS NULL ORDER BY 1",
    );
    expect(rows.map(({ object_id }) => object_id)).toEqual(["in_1", "in_2", "in_3"]);
    expect((await told()).at(-1)?.after).toMatchObject({ objects: [{}, {}, {}] });
    expect(await as("finance").redriveMatching({ ...matching, limit: 10 })).toEqual({ revived: 2 });
    expect(await as("finance").redriveMatching(matching)).toEqual({ revived: 0 });
  });

  it("who may read may not redrive, nobody redrives without a reason, or without end", async () => {
    await stuck("in_1");
    const wish = { ...key("in_1"), reason: "please" };
    await expect(as("support").redrive(wish)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(as("viewer").dead({})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(as("admin").redrive({ ...wish, reason: " " })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    const busy = as("admin");
    for (let call = 0; call < 60; call++) await busy.redriveMatching({ reason: "again" });
    await expect(busy.redriveMatching({ reason: "again" })).rejects.toMatchObject({
      cause: { reason: "too_many_attempts" },
    });
  });
});

describe("the bodies of old events", () => {
  it("go after ninety days, and the row stays with its hash and its object", async () => {
    await billing.pool.query(
      `INSERT INTO webhook_event (account_id, id, endpoint_id, type, livemode, status, raw, raw_sha256, created_at,
        object_type, object_id, received_at)
      SELECT 'own', 'evt_' || days, 'main', 'invoice.paid', false, 'received', '{}', sha256('{}'), now(), 'invoice',
        'in_1', now() - days * interval '1 day' FROM generate_series(88, 2000) AS days`,
    );
    expect(await dropBodies(billing.pool, { days: 90 })).toBe(1911);
    expect(await dropBodies(billing.pool, { days: 90 })).toBe(0);
    const { rows } = await billing.pool.query(
      "SELECT id FROM webhook_event WHERE raw IS NOT NULL ORDER BY id",
    );
    expect(rows.map(({ id }) => id)).toEqual(["evt_88", "evt_89"]);
    const { rows: kept } = await billing.pool.query("SELECT * FROM webhook_event WHERE id = 'evt_91'");
    expect(kept).toMatchObject([{ type: "invoice.paid", object_id: "in_1", raw_sha256: expect.any(Buffer) }]);
  });

  it("stay for now when the process is to stop", async () => {
    expect(await dropBodies(billing.pool, { days: 0, isStopping: () => true })).toBe(0);
  });
});
