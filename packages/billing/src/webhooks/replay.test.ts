import { afterAll, beforeAll, expect, it } from "vitest";
import { type Harness, harness, type StaffSession } from "../testing/harness";

let h: Harness;
let staff: StaffSession;
let stripeCustomer: string;
let eventId: string;

beforeAll(async () => {
  h = await harness();
  staff = await h.asStaff("finance");
  const customer = await h.stripe.customers.create({ name: "Replayed", email: "replayed@customer.example" });
  stripeCustomer = customer.id;
  await h.quiet();
  eventId = (await h.db.webhookEvent.findFirstOrThrow({ where: { objectId: stripeCustomer } })).id;
});
afterAll(() => h.close());

const mirrored = () => h.db.customer.findFirstOrThrow({ where: { stripeCustomerId: stripeCustomer } });

it("shows which fields would change, and changes none", async () => {
  await h.pool.query("UPDATE customer SET name = 'Somebody else' WHERE stripe_customer_id = $1", [
    stripeCustomer,
  ]);
  const [object, ...more] = await staff.caller.webhooks.previewReplay({ filter: { id: eventId } });
  expect(more).toEqual([]);
  expect(object).toMatchObject({
    objectType: "customer",
    objectId: stripeCustomer,
    problem: null,
    changes: [{ table: "customer", field: "name", ours: "Somebody else", theirs: "Replayed" }],
  });
  expect((await mirrored()).name).toBe("Somebody else");
});

it("replays one event, and says who asked for it and why", async () => {
  const { objects } = await staff.caller.webhooks.replay({
    filter: { id: eventId },
    reason: "the name is wrong",
  });
  expect(objects).toMatchObject([{ objectType: "customer", objectId: stripeCustomer }]);
  await h.quiet();
  expect((await mirrored()).name).toBe("Replayed");
  const told = await h.db.auditEntry.findFirstOrThrow({
    where: { action: "webhooks.replayed", targetId: eventId },
  });
  expect(told).toMatchObject({
    actorKind: "staff",
    actorId: staff.ctx.actor.id,
    reason: "the name is wrong",
  });
  const [again] = await staff.caller.webhooks.previewReplay({ filter: { id: eventId } });
  expect(again?.changes).toEqual([]);
});

it("replays what a filter finds, each object once", async () => {
  await h.stripe.customers.update(stripeCustomer, { phone: "1" });
  await h.stripe.customers.update(stripeCustomer, { phone: "2" });
  await h.quiet();
  const filter = { objectId: stripeCustomer };
  const { objects } = await staff.caller.webhooks.replay({ filter, reason: "all of it" });
  expect(objects).toMatchObject([{ objectId: stripeCustomer, events: 3 }]);
});

it("says so when nothing matches, and when an object is gone at Stripe", async () => {
  const none = staff.caller.webhooks.replay({ filter: { id: "evt_none" }, reason: "nothing" });
  await expect(none).rejects.toMatchObject({ cause: { reason: "event_not_found" } });
  const coupon = await h.stripe.coupons.create({ percent_off: 5, duration: "once" });
  await h.quiet();
  await h.stripe.coupons.del(coupon.id);
  const [gone] = await staff.caller.webhooks.previewReplay({ filter: { objectId: coupon.id } });
  expect(gone).toMatchObject({ problem: "gone_at_stripe", changes: [] });
});

it("lists events by page and shows the exact body of one", async () => {
  const first = await staff.caller.webhooks.events({ limit: 2 });
  expect(first.events.length).toBe(2);
  const second = await staff.caller.webhooks.events({ limit: 2, cursor: first.nextCursor ?? "" });
  expect(second.events.length).toBeGreaterThan(0);
  const seen = [...first.events, ...second.events].map(({ id }) => id);
  expect(new Set(seen).size).toBe(seen.length);
  const event = await staff.caller.webhooks.event({ accountId: "own", id: eventId });
  expect(JSON.parse(event.body ?? "")).toMatchObject({
    id: eventId,
    data: { object: { id: stripeCustomer } },
  });
});

it("is for finance and admins", async () => {
  const viewer = await h.asStaff("support");
  const asked = viewer.caller.webhooks.replay({ filter: { id: eventId }, reason: "curious" });
  await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
});
