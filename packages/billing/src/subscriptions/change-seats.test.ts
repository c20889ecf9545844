import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QuoteChangeInput } from "../quotes/schemas";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import type { CreateSubscriptionInput } from "./schemas";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

async function subscribed(choice: Partial<CreateSubscriptionInput>): Promise<CustomerSession> {
  const session = await h.asCustomer();
  const wish = { planId: "growth", interval: "month", currency: "usd", ...choice } as const;
  if (wish.planId === "team") {
    const trial = await session.caller.subscriptions.create({ ...wish, operationId: randomUUID() });
    await h.stripe.subscriptions.cancel(trial.subscriptionId);
    await h.quiet();
  }
  const { confirmation } = await session.caller.subscriptions.create({ ...wish, operationId: randomUUID() });
  await h.payAs(confirmation.kind === "none" ? "" : confirmation.clientSecret);
  await h.quiet();
  return session;
}

async function change(session: CustomerSession, wish: QuoteChangeInput) {
  const updates = { customerId: session.customerId, billingReason: "subscription_update" };
  const before = await h.db.invoice.findMany({ where: updates });
  const quoted = await session.caller.subscriptions.quoteChange(wish);
  await session.caller.subscriptions.changePlan({ quote: quoted.quote });
  await h.quiet();
  // By what is new: two of one second have no order.
  const [invoice] = await h.db.invoice.findMany({
    where: { ...updates, id: { notIn: before.map(({ id }) => id) } },
  });
  return { quoted, charged: invoice ? Number(invoice.totalAmount) : null };
}

const itemsOf = async (session: CustomerSession) => {
  const items = await h.db.subscriptionItem.findMany({
    where: { customerId: session.customerId, subscription: { liveSlot: "plan" } },
  });
  const prices = await h.db.price.findMany({ where: { id: { in: items.map(({ priceId }) => priceId) } } });
  return Object.fromEntries(
    items.map(({ priceId, quantity }) => [
      prices.find(({ id }) => id === priceId)?.lookupKey ?? priceId,
      quantity === null ? null : Number(quantity),
    ]),
  );
};

describe("seats", () => {
  it("are added at once and given back at the end of the period", async () => {
    const session = await subscribed({ planId: "team", seats: 3 });
    const more = await change(session, { planId: "team", interval: "month", seats: 5 });
    expect(more.quoted).toMatchObject({ timing: "now", next: { total: 7500 } });
    expect(more.charged).toBe(more.quoted.total);
    expect(await itemsOf(session)).toEqual({ team_month_usd: 5 });

    const fewer = await change(session, { planId: "team", interval: "month", seats: 2 });
    expect(fewer.quoted).toMatchObject({ timing: "period_end", dueNow: 0, next: { total: 3000 } });
    expect(await itemsOf(session)).toEqual({ team_month_usd: 5 });
    const { scheduleId } = await h.db.subscription.findFirstOrThrow({
      where: { customerId: session.customerId, liveSlot: "plan" },
    });
    const schedule = await h.stripe.subscriptionSchedules.retrieve(scheduleId ?? "");
    expect(schedule.phases.map(({ items }) => items[0]?.quantity)).toEqual([5, 2]);
  });

  it("are never fewer than the members who have one", async () => {
    const session = await subscribed({ planId: "team", seats: 4 });
    const logins = await Promise.all([h.asCustomer(), h.asCustomer()]);
    for (const { ctx } of logins) {
      await h.db.member.create({
        data: { customerId: session.customerId, loginId: ctx.actor.id, role: "viewer" },
      });
    }
    await expect(
      session.caller.subscriptions.quoteChange({ planId: "team", interval: "month", seats: 2 }),
    ).rejects.toMatchObject({ cause: { reason: "seats_taken" } });
    const { quoted } = await change(session, { planId: "team", interval: "month", seats: 5 });
    expect(quoted.next.total).toBe(7500);

    const fewer = await session.caller.subscriptions.quoteChange({
      planId: "team",
      interval: "month",
      seats: 3,
    });
    const late = await h.asCustomer();
    await h.db.member.create({
      data: { customerId: session.customerId, loginId: late.ctx.actor.id, role: "viewer" },
    });
    await expect(session.caller.subscriptions.changePlan({ quote: fewer.quote })).rejects.toMatchObject({
      cause: { reason: "seats_taken" },
    });
  });

  it("come with a plan that has them, and go with one that has none", async () => {
    const session = await subscribed({ planId: "growth" });
    const { quoted, charged } = await change(session, { planId: "scale", interval: "month", seats: 7 });
    expect(charged).toBe(quoted.total);
    expect(Object.keys(await itemsOf(session)).sort()).toEqual([
      "scale_api_calls_month_usd",
      "scale_month_usd",
      "scale_seats_month_usd",
    ]);
    await expect(
      session.caller.subscriptions.quoteChange({ planId: "growth", interval: "month", seats: 7 }),
    ).rejects.toMatchObject({ cause: { reason: "no_seats" } });
    const back = await change(session, { planId: "growth", interval: "month" });
    expect(back.quoted).toMatchObject({ timing: "period_end", next: { total: 9900 } });
  });
});

describe("add-ons", () => {
  it("are added at once, kept by a change of interval, and removed at the end of the period", async () => {
    const session = await subscribed({ planId: "growth" });
    const addOns = [{ id: "extra_projects", quantity: 1 }] as const;
    const added = await change(session, { planId: "growth", interval: "month", addOns: [...addOns] });
    expect(added.quoted.timing).toBe("now");
    expect(added.charged).toBe(added.quoted.total);
    expect(await itemsOf(session)).toEqual({ growth_month_usd: 1, addon_extra_projects_month_usd: 1 });

    const yearly = await change(session, { planId: "growth", interval: "year" });
    expect(yearly.charged).toBe(yearly.quoted.total);
    expect(await itemsOf(session)).toEqual({ growth_year_usd: 1, addon_extra_projects_year_usd: 1 });

    const removed = await change(session, { planId: "growth", interval: "year", addOns: [] });
    expect(removed.quoted).toMatchObject({ timing: "period_end", dueNow: 0, next: { total: 99_000 } });
  });

  it("of another plan are refused", async () => {
    const session = await subscribed({ planId: "team", seats: 2 });
    const wish = { planId: "team", interval: "month", addOns: [{ id: "sso", quantity: 5 }] } as const;
    await expect(
      session.caller.subscriptions.quoteChange({ ...wish, addOns: [...wish.addOns] }),
    ).rejects.toMatchObject({ cause: { code: expect.stringMatching(/^(INVALID|NOT_ALLOWED)$/) } });
  });
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
