import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Billing } from "../../context";
import type { Operation } from "../../operations/kinds";
import { type PaidSubscription, paidSubscription } from "../builders";
import { fault } from "../faults";
import { type CustomerSession, type Harness, harness, type StaffSession } from "../harness";
import { buildMutant } from "./build";
import { mutants } from "./catalog";
import type * as Parts from "./parts";

type Paid = PaidSubscription & { session: CustomerSession };

let h: Harness;
let staff: StaffSession;
beforeAll(async () => {
  h = await harness();
  staff = await h.asStaff("finance");
});
afterAll(() => h.close());

async function paid(): Promise<Paid> {
  const session = await h.asCustomer();
  return { session, ...(await paidSubscription(h, session)) };
}

/** As a process of the bundle has it: its own SDK, whose errors it knows. */
const inside = (parts: typeof Parts): Billing => ({
  ...h.billing,
  stripe: parts.openStripe({
    secretKey: h.sandbox.secretKey,
    apiBase: h.sandbox.url,
    maxNetworkRetries: 0,
  }),
});

const refund = (
  parts: typeof Parts,
  { invoiceId }: Paid,
  amount: number,
  operationId: string = randomUUID(),
) =>
  parts.refundInvoice(
    { ...staff.ctx, ...inside(parts) },
    { operationId, invoiceId, amount, reason: "requested_by_customer", note: "" },
  );
const operationOf = (id: string): Promise<Operation> =>
  h.db.moneyOperation.findFirstOrThrow({ where: { id } });
const refundsAtStripe = async ({ paymentId }: Paid) =>
  (await h.stripe.refunds.list({ payment_intent: paymentId, limit: 100 })).data;

/**
 * Stripe refunds, and nobody hears of it: neither by the answer nor by a webhook. The SDK repeats a call whose connection
 * was closed once, so that gets no answer either.
 */
async function lostRefund(parts: typeof Parts, one: Paid): Promise<Operation> {
  h.sandbox.deliveryMode("hold");
  await fault(h.sandbox, { path: "/v1/refunds", method: "POST", dropAfterCommit: true });
  await fault(h.sandbox, { path: "/v1/refunds", method: "POST", status: 429 });
  const operationId = randomUUID();
  await refund(parts, one, 3000, operationId);
  return operationOf(operationId);
}

async function repeatedAfterLoss(parts: typeof Parts): Promise<void> {
  const one = await paid();
  const operation = await lostRefund(parts, one);
  const later = { ...operation, attempts: operation.attempts + 1 };
  await parts.carryOutAgain(inside(parts), later);
  h.sandbox.deliveryMode("normal");
  await h.quiet();
  expect(await refundsAtStripe(one)).toHaveLength(1);
}

/** The smallest history that each fault gets wrong. */
const scenarios: Record<string, [string, (parts: typeof Parts) => Promise<void>]> = {
  MU05: [
    "C07: whoever counts what is left waits for who counts already",
    async (parts) => {
      const { session, invoiceId } = await paid();
      const invoice = { customerId: session.customerId, id: invoiceId };
      await h.db.$transaction(async (first) => {
        await parts.lockRefundablePayments(first, invoice);
        const second = h.db.$transaction(async (tx) => {
          await tx.$executeRaw`SET LOCAL lock_timeout = '100ms'`;
          await parts.lockRefundablePayments(tx, invoice);
        });
        await expect(second).rejects.toThrow();
      });
    },
  ],
  MU06: ["F04: a refund whose answer was lost is repeated, and is one", repeatedAfterLoss],
  MU07: [
    "F04: a refund whose answer was lost is not undone",
    async (parts) => {
      const { state } = await lostRefund(parts, await paid()).finally(() => h.sandbox.deliveryMode("normal"));
      expect(state).toBe("unknown");
    },
  ],
  MU08: [
    "C11: the end of an old subscription ends no other",
    async (parts) => {
      const { session, subscriptionId } = await paid();
      const old = await h.stripe.subscriptions.retrieve(subscriptionId, { expand: ["discounts"] });
      const items = { ...old.items, data: [] };
      const newer = { ...old, id: `${old.id}_newer`, items, metadata: {} };
      const sync = (subscription: typeof old) =>
        parts.inTransaction(h.pool, (client) =>
          parts.syncSubscription(client, session.customerId, subscription, "latest"),
        );
      await sync(newer);
      await sync({ ...old, status: "canceled", ended_at: old.created + 60 });
      const row = await h.db.subscription.findFirstOrThrow({ where: { id: newer.id } });
      expect(row).toMatchObject({ status: "active", liveSlot: "plan" });
    },
  ],
  MU09: [
    "A06: whose a Stripe customer is, is told by our own record",
    async (parts) => {
      const [one, other] = [await paid(), await h.asCustomer()];
      const { stripeCustomerId } = await h.db.customer.findUniqueOrThrow({
        where: { id: one.session.customerId },
      });
      const customer = await h.stripe.customers.retrieve(stripeCustomerId ?? "", { expand: ["tax_ids"] });
      if (customer.deleted) throw new Error("who just paid is gone");
      const metadata = { customer_id: other.customerId };
      await parts.inTransaction(h.pool, (client) =>
        parts.syncCustomer(client, { ...customer, name: "Renamed", metadata }, "latest"),
      );
      const nameOf = async (id: string) => (await h.db.customer.findUniqueOrThrow({ where: { id } })).name;
      expect(await nameOf(one.session.customerId)).toBe("Renamed");
      expect(await nameOf(other.customerId)).not.toBe("Renamed");
    },
  ],
  MU13: [
    "D08: all lines of a long invoice are kept",
    async (parts) => {
      const { id: customer } = await h.stripe.customers.create({ name: "Many lines" });
      const { id } = await h.stripe.invoices.create({ customer, currency: "usd" });
      const lines = Array.from({ length: 25 }, (_, at) => ({ amount: 100 + at, description: `Line ${at}` }));
      await h.stripe.invoices.addLines(id, { lines });
      await h.quiet();
      const apply = await parts.refreshInvoice(inside(parts), id);
      await parts.inTransaction(h.pool, apply);
      expect(await h.db.invoiceLine.count({ where: { invoiceId: id } })).toBe(25);
    },
  ],
  MU26: [
    "C21: two refunds one after the other are two",
    async (parts) => {
      const one = await paid();
      await refund(parts, one, 1000);
      await refund(parts, one, 1000);
      expect(await refundsAtStripe(one)).toHaveLength(2);
    },
  ],
  MU27: ["F04: a repetition is the same request, whatever has changed meanwhile", repeatedAfterLoss],
};

it("every mutant that needs Stripe has a history that it gets wrong", () => {
  const mine = mutants.filter(({ needsStripe }) => needsStripe);
  expect(Object.keys(scenarios)).toEqual(mine.map(({ id }) => id));
});

describe.each(Object.entries(scenarios))("%s", (id, [title, scenario]) => {
  const load = async (mutantId: string | null) => {
    const mutant = mutants.find((one) => one.id === mutantId) ?? null;
    return (await import((await buildMutant(mutant, "testing/mutants/parts.ts")).href)) as typeof Parts;
  };
  it(`${title}, as it is built`, async () => scenario(await load(null)));
  it(`${title}: the mutant fails that`, async () => {
    const mutated = await load(id);
    await expect(scenario(mutated)).rejects.toThrow();
    h.sandbox.deliveryMode("normal");
  });
});
