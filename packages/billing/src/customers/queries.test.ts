import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness, type StaffSession } from "../testing/harness";

let h: Harness;
let staff: StaffSession;
let payer: CustomerSession;
let free: CustomerSession;

beforeAll(async () => {
  h = await harness();
  staff = await h.asStaff("viewer");
  payer = await h.asCustomer();
  const wish = { operationId: randomUUID(), planId: "growth", interval: "year", currency: "usd" } as const;
  const { confirmation } = await payer.caller.subscriptions.create(wish);
  if (confirmation.kind !== "payment") throw new Error("expected something to pay");
  await h.payAs(confirmation.clientSecret, "pm_card_mastercard");
  free = await h.asCustomer();
  await free.caller.subscriptions.create({
    ...wish,
    operationId: randomUUID(),
    planId: "free",
    interval: "month",
  });
  await h.quiet();
  const named = (id: string, name: string, email: string) => ({
    id,
    name,
    email,
    createdAt: new Date("2026-01-01T00:00:00.123456Z"),
  });
  await h.db.customer.createMany({
    data: Array.from({ length: 25 }, (_, index) =>
      named(`plain-${String(index).padStart(2, "0")}`, `Plain ${index}`, `p${index}@plain.example`),
    ),
  });
  await h.db.customer.createMany({ data: [named("odd", "100% Wool_Mill \\ Söhne", "wool@odd.example")] });
});
afterAll(() => h.close());

const found = async (search: string, status?: string) => {
  const { customers } = await staff.caller.customers.list({ search, status });
  return customers.map(({ id }) => id);
};

describe("the list of customers", () => {
  it("shows the subscription and what it brings per month", async () => {
    const { customers } = await staff.caller.customers.list({ search: payer.customerId });
    expect(customers).toMatchObject([
      {
        id: payer.customerId,
        currency: "usd",
        subscription: { status: "active", planName: "Growth", interval: "year" },
        mrr: { amount: 8250, currency: "usd" },
      },
    ]);
  });

  it.each(["trialing", "paused"])("counts nothing as recurring while %s", async (status) => {
    const { customerId } = payer;
    await h.db.subscription.updateMany({ where: { customerId }, data: { status } });
    const { customers } = await staff.caller.customers.list({ search: customerId });
    await h.db.subscription.updateMany({ where: { customerId }, data: { status: "active" } });
    expect(customers).toMatchObject([{ subscription: { status }, mrr: null }]);
  });

  it("has each customer once, page by page, newest first", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof staff.caller.customers.list>> = await staff.caller.customers.list(
        { cursor, limit: 7 },
      );
      seen.push(...page.customers.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await h.db.customer.count());
    expect(seen.slice(0, 2).sort()).toEqual([payer.customerId, free.customerId].sort());
  });

  it("is filtered by status", async () => {
    expect(await found("", "active")).toEqual(expect.arrayContaining([payer.customerId, free.customerId]));
    expect(await found("", "active")).toHaveLength(2);
    expect(await found("", "past_due")).toEqual([]);
    expect(await found("", "none")).toHaveLength(26);
  });

  it.each([
    "not a cursor",
    Buffer.from("[1,2]").toString("base64url"),
    Buffer.from('["x","y"]').toString("base64url"),
    Buffer.from('["1","a"]').toString("base64url"),
    Buffer.from('["2026-02-30T00:00:00.000000Z","a"]').toString("base64url"),
    Buffer.from('["2026-01-01T00:00:00.000000Z","a\\u0000"]').toString("base64url"),
  ])("refuses the cursor %j", async (cursor) => {
    await expect(staff.caller.customers.list({ cursor })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { reason: "bad_cursor" },
    });
  });
});

describe("the search", () => {
  it("finds names and emails by any part, whatever the case", async () => {
    expect(await found("plain 24")).toEqual(["plain-24"]);
    expect(await found("WOOL_mill")).toEqual(["odd"]);
    expect(await found("söhne")).toEqual(["odd"]);
    expect(await found("p7@plain")).toEqual(["plain-07"]);
  });

  it("takes no character for a wildcard", async () => {
    expect(await found("100%")).toEqual(["odd"]);
    expect(await found("%")).toEqual(["odd"]);
    expect(await found("_Mill")).toEqual(["odd"]);
    expect(await found("\\ S")).toEqual(["odd"]);
    expect(await found("' OR true --")).toEqual([]);
  });

  it("finds by everything that has an id", async () => {
    const [invoice] = await h.db.invoice.findMany({ where: { customerId: payer.customerId } });
    const [payment] = await h.db.payment.findMany({ where: { customerId: payer.customerId } });
    const [subscription] = await h.db.subscription.findMany({ where: { customerId: payer.customerId } });
    const [card] = await h.db.paymentMethod.findMany({ where: { customerId: payer.customerId } });
    const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({ where: { id: payer.customerId } });
    const refund = await h.stripe.refunds.create({ payment_intent: payment?.id ?? "", amount: 100 });
    await h.quiet();
    const ids = [
      stripeCustomerId,
      invoice?.id,
      invoice?.number,
      payment?.id,
      payment?.chargeId,
      subscription?.id,
      card?.id,
    ];
    for (const id of [...ids, refund.id, card?.last4, payer.customerId, invoice?.number?.toLowerCase()]) {
      expect(await found(id ?? "nothing"), `by ${id}`).toEqual([payer.customerId]);
    }
    expect(await found("in_unknown")).toEqual([]);
  });
});

describe("one customer", () => {
  it("comes with everything about it", async () => {
    const detail = await staff.caller.customers.get({ customerId: payer.customerId });
    expect(detail).toMatchObject({
      members: [{ role: "owner" }],
      balance: 0,
      paymentMethods: [{ brand: "mastercard", isDefault: true }],
      subscriptions: [{ status: "active", planId: "growth", price: { amount: 99_000, currency: "usd" } }],
      invoices: [{ status: "paid", total: 99_000 }],
      payments: [{ status: "succeeded", card: { brand: "mastercard" } }],
    });
    expect(detail.timeline.map(({ action }) => action)).toContain("subscriptions.settled");
  });

  it("is not found when there is none", async () => {
    await expect(staff.caller.customers.get({ customerId: "nobody" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
