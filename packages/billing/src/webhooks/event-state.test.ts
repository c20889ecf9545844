import { afterAll, beforeAll, expect, it } from "vitest";
import { createStaff } from "../staff/create-staff";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { deliver, event, secret } from "../testing/signed-event";
import { adminRouter } from "../trpc/admin-router";
import { createReceiver } from "./receive";

let billing: BareBilling;
let caller: ReturnType<typeof adminRouter.createCaller>;
const body = event({ id: "evt_told", object: { object: "customer", id: "cus_told" } });

beforeAll(async () => {
  billing = await bareBilling();
  const actor = await createStaff(billing, {
    name: "Sam",
    email: "sam@farebox.example",
    password: "long enough",
    role: "support",
  });
  caller = adminRouter.createCaller({ ...billing, actor, requestId: "req", ip: null });
  const endpoint = { id: "main", secrets: [secret], accounts: "own" as const, livemode: false };
  const endpoints = [{ ...endpoint, apiVersion: "2026-10-28.endive" }];
  await deliver(createReceiver({ pool: billing.pool, log: billing.log, endpoints }), body);
});
afterAll(() => billing.close());

it.each([
  ["waiting", "dirty_seq = 1"],
  ["failing", "last_failed_at = now(), first_failed_at = now(), last_error = 'Error: not yet'"],
  ["dead", "dead_at = now(), dead_reason = 'not_mappable', due_at = NULL"],
  ["applied", "dead_at = NULL, dead_reason = NULL, done_seq = dirty_seq, due_at = NULL"],
])("an event tells its exact body and that its object is %s", async (state, change) => {
  await billing.pool.query(`UPDATE dirty_object SET ${change} WHERE object_id = 'cus_told'`);
  const told = await caller.webhooks.event({ accountId: "own", id: "evt_told" });
  expect(told).toMatchObject({ id: "evt_told", objectId: "cus_told", body, object: { state } });
  expect(told.object?.outOfDateSince === null).toBe(state === "applied");
  expect(told.object?.lastError ?? null).toBe(["failing", "dead"].includes(state) ? "Error: not yet" : null);
});

it("an event about nothing that is kept has no state", async () => {
  await billing.pool.query("DELETE FROM dirty_object");
  expect((await caller.webhooks.event({ accountId: "own", id: "evt_told" })).object).toBeNull();
});
