import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paidSubscription } from "../testing/builders";
import { fault } from "../testing/faults";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";
import { resumeClosings } from "./finish-closing";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const nameOf = async ({ caller }: CustomerSession) => (await caller.account.previewClose()).name;
const close = async (session: CustomerSession, leaveUnpaid = false) =>
  session.caller.account.close({ name: await nameOf(session), leaveUnpaid });
const customerOf = ({ customerId }: CustomerSession) =>
  h.db.customer.findUniqueOrThrow({ where: { id: customerId } });
const statusAt = async (id: string) => (await h.stripe.subscriptions.retrieve(id)).status;
const reason = (word: string) => ({ cause: { reason: word } });

describe("closing an account", () => {
  it("cancels what would go on charging, then ends everybody's access", async () => {
    const session = await h.asCustomer();
    const guest = await h.asCustomer();
    const { token } = await session.caller.invitations.create({
      email: guest.ctx.actor.email,
      role: "viewer",
    });
    await guest.caller.invitations.accept({ token });
    const { subscriptionId } = await paidSubscription(h, session);
    expect(await session.caller.account.previewClose()).toMatchObject({
      plan: { name: "Growth", status: "active" },
      unpaid: [],
      members: 2,
    });
    expect(await close(session)).toEqual({ closed: true });
    expect(await statusAt(subscriptionId)).toBe("canceled");
    expect((await customerOf(session)).deletedAt).not.toBeNull();
    expect(await h.db.member.count({ where: { customerId: session.customerId } })).toBe(0);
    expect(await h.db.login.count({ where: { id: session.ctx.actor.id } })).toBe(0);
    expect(await h.db.login.count({ where: { id: guest.ctx.actor.id } })).toBe(1);
    const audit = await h.db.auditEntry.findMany({
      where: {
        customerId: session.customerId,
        action: { in: ["customers.close", "subscriptions.end", "customers.closed"] },
      },
      orderBy: { seq: "asc" },
    });
    expect(audit.map(({ action }) => action)).toEqual([
      "customers.close",
      "subscriptions.end",
      "customers.closed",
    ]);
  });

  it("finds what was made at Stripe by hand a moment ago", async () => {
    const session = await h.asCustomer();
    await paidSubscription(h, session);
    const { stripeCustomerId } = await customerOf(session);
    const price = await h.db.price.findFirstOrThrow({ where: { lookupKey: "free_month_usd" } });
    const second = await h.stripe.subscriptions.create({
      customer: stripeCustomerId ?? "",
      items: [{ price: price.id }],
    });
    await close(session);
    expect(await statusAt(second.id)).toBe("canceled");
  });

  it("wants the name, and refuses while an invoice is open unless told", async () => {
    const session = await h.asCustomer();
    await expect(session.caller.account.close({ name: "another" })).rejects.toMatchObject(
      reason("name_mismatch"),
    );
    const { stripeCustomerId } = await paidSubscription(h, session).then(() => customerOf(session));
    const customer = stripeCustomerId ?? "";
    await h.stripe.invoiceItems.create({ customer, amount: 500, currency: "usd" });
    const invoice = await h.stripe.invoices.create({
      customer,
      collection_method: "send_invoice",
      days_until_due: 7,
      pending_invoice_items_behavior: "include",
    });
    await h.stripe.invoices.finalizeInvoice(invoice.id);
    await h.quiet();
    await expect(close(session)).rejects.toMatchObject(reason("invoice_unpaid"));
    expect((await session.caller.account.previewClose()).unpaid).toMatchObject([
      { id: invoice.id, amount: 500 },
    ]);
    expect((await customerOf(session)).closingAt).toBeNull();
    expect(await close(session, true)).toEqual({ closed: true });
    expect((await h.stripe.invoices.retrieve(invoice.id)).status).toBe("open");
  });

  it("goes on where it was cut off, and starts nothing new meanwhile", async () => {
    const session = await h.asCustomer();
    const { subscriptionId } = await paidSubscription(h, session);
    await fault(h.sandbox, {
      path: `/v1/subscriptions/${subscriptionId}`,
      method: "DELETE",
      times: 7,
      status: 500,
    });
    await expect(close(session)).rejects.toMatchObject(reason("outcome_unknown"));
    expect(await customerOf(session)).toMatchObject({ closingAt: expect.any(Date), deletedAt: null });
    const buy = session.caller.subscriptions.create({
      operationId: randomUUID(),
      planId: "growth",
      interval: "month",
      currency: "usd",
    });
    await expect(buy).rejects.toMatchObject(reason("customer_closed"));
    await expect
      .poll(
        async () => {
          await resumeClosings(h.billing, { afterMs: 0 });
          return (await customerOf(session)).deletedAt;
        },
        { timeout: 20_000 },
      )
      .not.toBeNull();
    expect(await statusAt(subscriptionId)).toBe("canceled");
  });

  it("is an owner's to do", async () => {
    const member = await h.asCustomer({ role: "billing" });
    await expect(member.caller.account.close({ name: "any" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

it("and nothing of it breaks an invariant", async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});
