import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settleUndecided } from "../operations/settle-undecided";
import { openStripe } from "../stripe/client";
import { type CustomerSession, type Harness, harness, type StaffSession } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { until } from "../testing/until";
import { refundInvoice } from "./refund-invoice";
import type { CreateRefundInput } from "./schemas";

let h: Harness;
let staff: StaffSession;
beforeAll(async () => {
  h = await harness();
  staff = await h.asStaff("support");
});
afterAll(() => h.close());

interface PaidInvoice {
  session: CustomerSession;
  invoiceId: string;
  paymentId: string;
}

async function paidInvoice(card = "pm_card_visa"): Promise<PaidInvoice> {
  const session = await h.asCustomer();
  const wish = { operationId: randomUUID(), planId: "growth", interval: "month", currency: "usd" } as const;
  const { confirmation } = await session.caller.subscriptions.create(wish);
  if (confirmation.kind !== "payment") throw new Error("expected something to pay");
  await h.payAs(confirmation.clientSecret, card);
  await h.quiet();
  const { invoices } = await session.caller.invoices.list({});
  return {
    session,
    invoiceId: invoices[0]?.id ?? "",
    paymentId: confirmation.clientSecret.split("_secret_")[0] ?? "",
  };
}

const wish = ({ invoiceId }: PaidInvoice, fields: Partial<CreateRefundInput> = {}) => ({
  operationId: randomUUID(),
  invoiceId,
  amount: 4000,
  reason: "requested_by_customer" as const,
  note: "",
  ...fields,
});
const refund = (paid: PaidInvoice, fields?: Partial<CreateRefundInput>) =>
  staff.caller.refunds.create(wish(paid, fields));
const invoiceOf = ({ invoiceId }: PaidInvoice) => staff.caller.invoices.get({ invoiceId });
const refundsAtStripe = async ({ paymentId }: PaidInvoice) =>
  (await h.stripe.refunds.list({ payment_intent: paymentId, limit: 100 })).data;
const actionsOf = async (operationId: string) =>
  (await h.db.auditEntry.findMany({ where: { operationId }, orderBy: { seq: "asc" } })).map(
    ({ action, actorKind }) => `${action} by ${actorKind}`,
  );

async function fault(fields: object): Promise<void> {
  await fetch(`${h.sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ path: "/v1/refunds", method: "POST", times: 1, ...fields }),
  });
}

async function loseAnswer(): Promise<StaffSession["ctx"]> {
  await fault({ dropAfterCommit: true });
  await fault({ status: 429 });
  const once = openStripe({ secretKey: h.sandbox.secretKey, apiBase: h.sandbox.url, maxNetworkRetries: 0 });
  return { ...staff.ctx, stripe: once };
}

describe("a refund", () => {
  it("returns part of an invoice and is told in the history", async () => {
    const paid = await paidInvoice();
    const operationId = randomUUID();
    const done = await refund(paid, { operationId, note: "They were unhappy." });
    expect(done).toMatchObject({ operationId, status: "succeeded", amount: 4000, currency: "usd" });
    expect(await invoiceOf(paid)).toMatchObject({
      amountRefunded: 4000,
      refundable: 5900,
      refunds: [{ id: done.id }],
    });
    await h.quiet();
    expect(await invoiceOf(paid)).toMatchObject({
      status: "paid",
      amountRefunded: 4000,
      refundable: 5900,
      payments: [{ amountRefunded: 4000 }],
    });
    expect(await actionsOf(operationId)).toEqual(["refunds.create by staff", "refunds.settled by stripe"]);
    expect((await refundsAtStripe(paid)).map(({ metadata }) => metadata?.operation_id)).toEqual([
      operationId,
    ]);
    expect((await paid.session.caller.subscriptions.current())?.status).toBe("active");
  });

  it("is one, however often it is asked for", async () => {
    const paid = await paidInvoice();
    const input = wish(paid);
    const answers = await Promise.all(Array.from({ length: 6 }, () => staff.caller.refunds.create(input)));
    answers.push(await staff.caller.refunds.create(input));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await refundsAtStripe(paid)).toHaveLength(1);
    await expect(staff.caller.refunds.create({ ...input, amount: 1 })).rejects.toMatchObject({
      cause: { reason: "operation_reused" },
    });
    await expect(
      staff.caller.refunds.create({ ...input, invoiceId: (await paidInvoice()).invoiceId }),
    ).rejects.toMatchObject({ cause: { reason: "operation_reused" } });
  });

  it("never exceeds what was paid, also eight at once", async () => {
    const paid = await paidInvoice();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => refund(paid)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.cause] : []));
    expect(reasons).toHaveLength(6);
    for (const reason of reasons) {
      expect(reason).toMatchObject({
        reason: "refund_exceeds_paid",
        message: "At most $19.00 of this invoice can still be refunded.",
      });
    }
    expect(await refundsAtStripe(paid)).toHaveLength(2);
    expect(
      await h.db.auditEntry.count({
        where: { customerId: paid.session.customerId, action: "refunds.create" },
      }),
    ).toBe(2);
    await refund(paid, { amount: 1900 });
    expect(await invoiceOf(paid)).toMatchObject({ refundable: 0, amountRefunded: 9900 });
  });
});

describe("a refund is refused", () => {
  it("of an invoice that is not paid or not there", async () => {
    const session = await h.asCustomer();
    await session.caller.subscriptions.create({
      operationId: randomUUID(),
      planId: "growth",
      interval: "month",
      currency: "usd",
    });
    const { invoices } = await session.caller.invoices.list({});
    const open = { session, invoiceId: invoices[0]?.id ?? "", paymentId: "" };
    await expect(refund(open)).rejects.toMatchObject({ cause: { reason: "invoice_not_paid" } });
    await expect(refund({ ...open, invoiceId: "in_none" })).rejects.toMatchObject({
      cause: { reason: "invoice_not_found" },
    });
  });

  it("to staff who may only look", async () => {
    const paid = await paidInvoice();
    const viewer = await h.asStaff("viewer");
    await expect(viewer.caller.refunds.create(wish(paid))).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await refundsAtStripe(paid)).toEqual([]);
  });

  it("of a disputed payment", async () => {
    const paid = await paidInvoice();
    await h.db.payment.updateMany({ where: { id: paid.paymentId }, data: { disputed: true } });
    await expect(refund(paid)).rejects.toMatchObject({ cause: { reason: "payment_disputed" } });
  });

  it("by Stripe when somebody was faster there: the amount is free again and the mirror is put right", async () => {
    const paid = await paidInvoice();
    await deliveryMode("hold");
    await h.stripe.refunds.create({ payment_intent: paid.paymentId });
    const operationId = randomUUID();
    await expect(refund(paid, { operationId })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      cause: { reason: "charge_already_refunded" },
    });
    expect(await actionsOf(operationId)).toEqual(["refunds.create by staff", "refunds.failed by stripe"]);
    await expect(refund(paid, { operationId })).rejects.toMatchObject({
      cause: { reason: "charge_already_refunded" },
    });
    await h.webhooks.worker.idle();
    expect(await invoiceOf(paid)).toMatchObject({ payments: [{ amountRefunded: 9900 }] });
    await deliveryMode("normal");
    await h.quiet();
    expect(await invoiceOf(paid)).toMatchObject({ refundable: 0, amountRefunded: 9900 });
  });
});

describe("a refund without an answer", () => {
  it("is unknown, holds its amount and is found by its repetition", async () => {
    const paid = await paidInvoice();
    const input = wish(paid, { amount: 9000 });
    await deliveryMode("hold");
    const unknown = await refundInvoice(await loseAnswer(), input);
    expect(unknown).toMatchObject({ id: input.operationId, status: "unknown", amount: 9000 });
    expect(await invoiceOf(paid)).toMatchObject({ refundable: 900, refunds: [{ status: "unknown" }] });
    await expect(refund(paid, { amount: 1000 })).rejects.toMatchObject({
      cause: { reason: "refund_exceeds_paid" },
    });

    expect(await staff.caller.refunds.create(input)).toMatchObject({
      status: "succeeded",
      operationId: input.operationId,
    });
    expect(await refundsAtStripe(paid)).toHaveLength(1);
    await deliveryMode("normal");
    await h.quiet();
    expect(await invoiceOf(paid)).toMatchObject({ refundable: 900, amountRefunded: 9000 });
  });

  it("is settled by the janitor", async () => {
    const paid = await paidInvoice();
    const input = wish(paid);
    await deliveryMode("hold");
    await refundInvoice(await loseAnswer(), input);
    await settleUndecided(h.billing, { afterMs: 0 });
    expect(await h.db.moneyOperation.findFirst({ where: { id: input.operationId } })).toMatchObject({
      state: "succeeded",
    });
    await deliveryMode("normal");
    await h.quiet();
    expect(await refundsAtStripe(paid)).toHaveLength(1);
  });
});

describe("a refund that takes its time", () => {
  it("is pending first, and then succeeds", async () => {
    const paid = await paidInvoice("pm_card_pendingRefund");
    const pending = await refund(paid);
    expect(pending.status).toBe("pending");
    expect(await invoiceOf(paid)).toMatchObject({ amountRefunded: 4000, refundable: 5900 });
    await refundBecomes(paid, "succeeded");
    expect(await actionsOf(pending.operationId ?? "")).toEqual([
      "refunds.create by staff",
      "refunds.settled by stripe",
      "refunds.settled by stripe",
    ]);
  });

  it("may fail after it had succeeded: the amount can be refunded again", async () => {
    const paid = await paidInvoice("pm_card_refundFail");
    const first = await refund(paid, { amount: 9900 });
    expect(first.status).toBe("succeeded");
    await refundBecomes(paid, "failed");
    expect(await invoiceOf(paid)).toMatchObject({
      amountRefunded: 0,
      refundable: 9900,
      refunds: [{ status: "failed", failureReason: expect.any(String) }],
      payments: [{ amountRefunded: 0 }],
    });
    expect(await actionsOf(first.operationId ?? "")).toEqual([
      "refunds.create by staff",
      "refunds.settled by stripe",
      "refunds.failed by stripe",
    ]);
  });
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});

const refundBecomes = (paid: PaidInvoice, status: string) =>
  until(`a refund that is ${status}`, async () => {
    await h.quiet();
    return (await invoiceOf(paid)).refunds[0]?.status === status;
  });

const deliveryMode = (mode: "normal" | "hold") =>
  fetch(`${h.sandbox.url}/_sandbox/delivery_mode`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mode }),
  });
