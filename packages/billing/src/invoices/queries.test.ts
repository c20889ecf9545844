import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CustomerSession, type Harness, harness } from "../testing/harness";

let h: Harness;
let owner: CustomerSession;
let other: CustomerSession;

beforeAll(async () => {
  h = await harness();
  owner = await h.asCustomer();
  other = await h.asCustomer();
  const second = new Date("2026-03-01T00:00:00Z");
  const invoice = (customerId: string, index: number) => ({
    customerId,
    id: `in_${customerId.slice(0, 4)}_${String(index).padStart(2, "0")}`,
    status: index === 3 ? "draft" : "paid",
    currency: "jpy",
    subtotalAmount: 2900n,
    totalAmount: 2900n,
    dueAmount: 2900n,
    paidAmount: 2900n,
    remainingAmount: 0n,
    periodStart: second,
    periodEnd: second,
    createdAt: new Date(second.getTime() + Math.floor(index / 5) * 1000),
    syncedAt: second,
  });
  await h.db.invoice.createMany({
    data: Array.from({ length: 23 }, (_, index) => invoice(owner.customerId, index)),
  });
  await h.db.invoice.createMany({ data: [invoice(other.customerId, 1)] });
});
afterAll(() => h.close());

describe("a customer's invoices", () => {
  it("come page by page, newest first, each once, also when they share a second", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof owner.caller.invoices.list>> = await owner.caller.invoices.list({
        cursor,
        limit: 4,
      });
      seen.push(...page.invoices.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(22);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it("are shown in minor units of their currency", async () => {
    const { invoices } = await owner.caller.invoices.list({ limit: 1 });
    expect(invoices).toMatchObject([{ currency: "jpy", total: 2900, amountPaid: 2900, amountRefunded: 0 }]);
  });

  it("are nobody else's, and drafts are nobody's", async () => {
    const [theirs] = (await other.caller.invoices.list({})).invoices;
    const [draft] = await h.db.invoice.findMany({ where: { customerId: owner.customerId, status: "draft" } });
    for (const invoiceId of [theirs?.id ?? "", draft?.id ?? "", "in_none"]) {
      await expect(owner.caller.invoices.get({ invoiceId })).rejects.toMatchObject({
        code: "NOT_FOUND",
        cause: { reason: "invoice_not_found" },
      });
    }
    const staff = await h.asStaff("viewer");
    expect((await staff.caller.invoices.get({ invoiceId: theirs?.id ?? "" })).customer.id).toBe(
      other.customerId,
    );
  });
});

describe("the status of a payment", () => {
  it("is processing while nothing is known, and tells nothing about other people's", async () => {
    const wish = { operationId: randomUUID(), planId: "growth", interval: "month", currency: "usd" } as const;
    const { confirmation } = await other.caller.subscriptions.create(wish);
    if (confirmation.kind !== "payment") throw new Error("expected something to pay");
    await h.payAs(confirmation.clientSecret);
    await h.quiet();
    const paymentIntentId = confirmation.clientSecret.split("_secret_")[0] ?? "";
    expect(await other.caller.payments.status({ paymentIntentId })).toMatchObject({ status: "succeeded" });
    const unknown = { status: "processing", subscriptionStatus: null };
    expect(await owner.caller.payments.status({ paymentIntentId })).toEqual(unknown);
    expect(await owner.caller.payments.status({ paymentIntentId: "pi_none" })).toEqual(unknown);
    expect(await owner.caller.payments.status({ paymentIntentId: "seti_none" })).toEqual(unknown);
  });
});
