import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLimiter } from "../rate-limits/limiter";
import { type PaidSubscription, paidSubscription } from "../testing/builders";
import { type CustomerSession, type Harness, harness, type StaffSession } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { adminRouter } from "../trpc/admin-router";

let h: Harness;
let staff: StaffSession;
let session: CustomerSession;
let paid: PaidSubscription;
beforeAll(async () => {
  h = await harness();
  staff = await h.asStaff();
  session = await h.asCustomer();
  paid = await paidSubscription(h, session);
});
afterAll(() => h.close());

const wish = (fields: object = {}) => ({
  operationId: randomUUID(),
  invoiceId: paid.invoiceId,
  amount: 1000,
  reason: "duplicate" as const,
  note: "",
  ...fields,
});

describe("a refund made by hand that names an operation of ours", () => {
  it.each([
    ["of the same amount", 1000],
    ["of another amount", 300],
  ])("%s is mirrored as nobody's, and told", async (_case, amount) => {
    const input = wish();
    const ours = await staff.caller.refunds.create(input);
    const metadata = { operation_id: input.operationId, customer_id: session.customerId };
    const copy = await h.stripe.refunds.create({ payment_intent: paid.paymentId, amount, metadata });
    await h.quiet();
    expect(await h.db.refund.findFirst({ where: { id: copy.id } })).toMatchObject({ operationId: null });
    expect(await h.db.refund.findFirst({ where: { id: ours.id } })).toMatchObject({
      operationId: input.operationId,
    });
    const told = await h.db.auditEntry.findMany({ where: { targetId: copy.id } });
    expect(told).toMatchObject([
      { action: "refunds.create", actorKind: "stripe", reason: expect.stringContaining(input.operationId) },
    ]);
    expect((await staff.caller.refunds.create(input)).id).toBe(ours.id);
  });

  it("is not taken for the object of an operation of another kind", async () => {
    const made = await h.db.moneyOperation.findFirstOrThrow({ where: { kind: "subscription_create" } });
    const id = randomUUID();
    const open = {
      ...made,
      id,
      state: "unknown" as const,
      stripeObjectId: null,
      settledAt: null,
      params: {},
    };
    await h.db.moneyOperation.create({ data: open });
    const metadata = { operation_id: id };
    await h.stripe.refunds.create({ payment_intent: paid.paymentId, amount: 200, metadata });
    await h.quiet();
    expect(await h.db.moneyOperation.findFirst({ where: { id } })).toMatchObject({ state: "unknown" });
    await h.db.moneyOperation.deleteMany({ where: { id } });
  });
});

it("refunds are counted per person, junk too", async () => {
  const refund = openLimiter(h.pool, "few-refunds", { calls: 2, perSeconds: 3600 });
  const limits = { ...h.billing.limits, refund };
  const hasty = adminRouter.createCaller({ ...staff.ctx, limits });
  const invoiceId = "in_none";
  for (const _try of [1, 2]) {
    await expect(hasty.refunds.create(wish({ invoiceId }))).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  await expect(hasty.refunds.create(wish())).rejects.toMatchObject({
    cause: { reason: "too_many_attempts", details: { retryAfterSeconds: expect.any(Number) } },
  });
  const colleague = adminRouter.createCaller({ ...(await h.asStaff("support")).ctx, limits });
  expect((await colleague.refunds.create(wish({ amount: 100 }))).status).toBe("succeeded");
});

it("a note with half of a character is refused, and never a fault of ours", async () => {
  await expect(staff.caller.refunds.create(wish({ note: "half: \ud83d" }))).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: { reason: "invalid_input" },
  });
  expect((await staff.caller.refunds.create(wish({ amount: 100, note: "whole: 😀" }))).status).toBe(
    "succeeded",
  );
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
