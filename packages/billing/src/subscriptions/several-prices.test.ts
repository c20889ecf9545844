import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import type { CreateSubscriptionInput } from "./schemas";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const create = (session: CustomerSession, fields: Partial<CreateSubscriptionInput>) =>
  session.caller.subscriptions.create({
    operationId: randomUUID(),
    planId: "growth",
    interval: "month",
    currency: "usd",
    ...fields,
  });
const current = (session: CustomerSession) => session.caller.subscriptions.current();

describe("a plan of several prices", () => {
  const itemsOf = async (id: string) =>
    (await h.stripe.subscriptions.retrieve(id)).items.data
      .map(({ price, quantity }) => [price.lookup_key, quantity])
      .sort();

  it("is billed for its price, its seats and its usage, and read back from all of them", async () => {
    const session = await h.asCustomer();
    const addOns = [{ id: "extra_projects" as const, quantity: 2 }];
    const created = await create(session, { planId: "scale", seats: 8, addOns });
    const amount = 24_900 + 3 * 2000 + 2 * 500;
    expect(created).toMatchObject({ status: "incomplete", confirmation: { kind: "payment", amount } });
    expect(await itemsOf(created.subscriptionId)).toEqual([
      ["addon_extra_projects_month_usd", 2],
      ["scale_api_calls_month_usd", undefined],
      ["scale_month_usd", 1],
      ["scale_seats_month_usd", 8],
    ]);
    expect(await create(session, { planId: "scale", seats: 8, addOns })).toEqual(created);
    if (created.confirmation.kind !== "payment") throw new Error("nothing to pay");
    await h.payAs(created.confirmation.clientSecret);
    await h.quiet();
    expect(await current(session)).toMatchObject({
      status: "active",
      planId: "scale",
      quantity: 8,
      price: { amount, currency: "usd" },
    });
    const { customers } = await (await h.asStaff()).caller.customers.list({ search: session.customerId });
    expect(customers).toMatchObject([{ mrr: { amount, currency: "usd" } }]);
  });

  it("is another purchase with other seats", async () => {
    const session = await h.asCustomer();
    const first = await create(session, { planId: "scale", currency: "kwd" });
    expect(first.confirmation).toMatchObject({ amount: 76_500, currency: "kwd" });
    const second = await create(session, { planId: "scale", currency: "kwd", seats: 6 });
    expect(second.subscriptionId).not.toBe(first.subscriptionId);
    expect(second.confirmation).toMatchObject({ amount: 82_600, currency: "kwd" });
  });

  it("by the seat alone starts its trial without a card", async () => {
    const session = await h.asCustomer();
    const created = await create(session, { planId: "team", seats: 4 });
    expect(created).toMatchObject({ status: "trialing", confirmation: { kind: "none" } });
    expect(await itemsOf(created.subscriptionId)).toEqual([["team_month_usd", 4]]);
    await h.quiet();
    expect(await current(session)).toMatchObject({
      status: "trialing",
      planId: "team",
      quantity: 4,
      price: { amount: 6000 },
      paymentMethod: null,
    });
  });

  it.each<[string, Partial<CreateSubscriptionInput>, string, string]>([
    [
      "fewer seats than it has at least",
      { planId: "team", seats: 1 },
      "too_few_seats",
      "Team has at least 2 seats.",
    ],
    [
      "more than it can have",
      { planId: "team", seats: 201 },
      "too_many_seats",
      "Team has at most 200 seats.",
    ],
    ["seats of a plan without", { planId: "growth", seats: 2 }, "no_seats", "Growth has no seats to choose."],
    [
      "an add-on of other plans",
      { planId: "starter", addOns: [{ id: "sso", quantity: 1 }] },
      "add_on_not_available",
      "Single sign-on cannot be added to Starter.",
    ],
    [
      "an add-on more often than it can be had",
      { addOns: [{ id: "sso", quantity: 2 }] },
      "too_many_add_ons",
      "A plan can have Single sign-on at most 1 times.",
    ],
    [
      "an add-on twice",
      { addOns: ["sso", "sso"].map(() => ({ id: "sso" as const, quantity: 1 })) },
      "add_on_twice",
      "An add-on is there twice. Please say how many of it instead.",
    ],
    [
      "a period it is not sold for",
      { planId: "free", interval: "year" },
      "price_not_available",
      "Free cannot be bought per year in USD.",
    ],
  ])("is refused with %s", async (_case, wanted, reason, message) => {
    const session = await h.asCustomer();
    await expect(create(session, wanted)).rejects.toMatchObject({ cause: { reason, message } });
    expect(await h.db.moneyOperation.count({ where: { customerId: session.customerId } })).toBe(0);
  });

  it("has a seat for everybody who is a member already", async () => {
    const session = await h.asCustomer();
    for (const id of [randomUUID(), randomUUID()]) {
      await h.db.login.create({ data: { id, name: "Colleague", email: `${id}@customer.example` } });
      await h.db.member.create({ data: { loginId: id, customerId: session.customerId, role: "viewer" } });
    }
    await expect(create(session, { planId: "team", seats: 2 })).rejects.toMatchObject({
      cause: {
        reason: "too_few_seats",
        message: "3 people are members of this account, so Team needs 3 seats.",
      },
    });
    const { subscriptionId } = await create(session, { planId: "team" });
    expect(await itemsOf(subscriptionId)).toEqual([["team_month_usd", 3]]);
  });
});
