import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { settleUndecided } from "../operations/settle-undecided";
import { paidSubscription } from "../testing/builders";
import { fault } from "../testing/faults";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import { brokenInvariants } from "../testing/invariants";

let h: Harness;
let owner: CustomerSession;
let customer: string;
let visa: string;

beforeAll(async () => {
  h = await harness();
  owner = await h.asCustomer();
  await paidSubscription(h, owner);
  const row = await h.db.customer.findUniqueOrThrow({ where: { id: owner.customerId } });
  customer = row.stripeCustomerId ?? "";
  const [saved] = await h.db.paymentMethod.findMany({ where: { customerId: owner.customerId } });
  visa = saved?.id ?? "";
}, 60_000);
afterAll(() => h.close());
afterEach(async () => {
  await h.quiet();
  expect(await brokenInvariants(h.pool)).toEqual({});
});

async function openInvoice(amount: number): Promise<string> {
  const { id } = await h.stripe.invoices.create({ customer, auto_advance: false });
  await h.stripe.invoiceItems.create({ customer, invoice: id, amount, currency: "usd", description: "Help" });
  await h.stripe.invoices.finalizeInvoice(id, { auto_advance: false });
  await h.quiet();
  return id;
}

async function savedCard(method: string): Promise<string> {
  const { id } = await h.stripe.paymentMethods.attach(method, { customer });
  await h.quiet();
  return id;
}

const intent = (invoiceId: string, amount: number, paymentMethodId = visa) => ({
  operationId: randomUUID(),
  invoiceId,
  paymentMethodId,
  amount,
});
const chargesOf = async (invoice: string) => {
  const { payments } = await h.stripe.invoices.retrieve(invoice, { expand: ["payments"] });
  const payment = payments?.data[0]?.payment.payment_intent;
  const list = await h.stripe.charges.list({ payment_intent: String(payment) });
  return list.data.filter(({ status }) => status === "succeeded");
};

describe("an open invoice", () => {
  it("is paid with a saved card, once, however often it is asked for", async () => {
    const id = await openInvoice(4200);
    const input = intent(id, 4200);
    const answers = await Promise.all([1, 2, 3].map(() => owner.caller.invoices.pay(input)));
    expect(answers.map(({ outcome }) => outcome)).toEqual(["paid", "paid", "paid"]);
    const again = await Promise.all([1, 2].map(() => owner.caller.invoices.pay(intent(id, 4200))));
    expect(again.map(({ outcome }) => outcome)).toEqual(["paid", "paid"]);
    expect(await chargesOf(id)).toHaveLength(1);
    await h.quiet();
    const detail = await owner.caller.invoices.get({ invoiceId: id });
    expect(detail).toMatchObject({ status: "paid", amountPaid: 4200, amountRemaining: 0 });
    expect(detail.attempts).toMatchObject([{ status: "succeeded", card: { brand: "visa" } }]);
  });

  it("is charged once by two tabs with an intent each", async () => {
    const id = await openInvoice(1300);
    const both = await Promise.all([1, 2].map(() => owner.caller.invoices.pay(intent(id, 1300))));
    expect(both.map(({ outcome }) => outcome)).toEqual(["paid", "paid"]);
    expect(await chargesOf(id)).toHaveLength(1);
  });

  it("stays open when the card is declined, says why, and another card pays it", async () => {
    const id = await openInvoice(900);
    const broke = await savedCard("pm_card_chargeCustomerFail");
    const refused = await owner.caller.invoices.pay(intent(id, 900, broke));
    expect(refused).toMatchObject({ outcome: "declined", message: expect.stringContaining("declined") });
    await h.quiet();
    const detail = await owner.caller.invoices.get({ invoiceId: id });
    expect(detail).toMatchObject({ status: "open", amountRemaining: 900 });
    expect(detail.attempts).toMatchObject([{ status: "failed" }]);
    expect((await owner.caller.invoices.pay(intent(id, 900))).outcome).toBe("paid");
  });

  it("that a bank asks about is finished by the customer", async () => {
    const id = await openInvoice(2500);
    const careful = await savedCard("pm_card_authenticationRequired");
    const asked = await owner.caller.invoices.pay(intent(id, 2500, careful));
    expect(asked).toMatchObject({
      outcome: "needs_confirmation",
      clientSecret: expect.stringContaining("_secret_"),
    });
    const { clientSecret } = await owner.caller.invoices.openPayment({ invoiceId: id });
    expect(clientSecret).toBe(asked.clientSecret);
    await h.payAs(asked.clientSecret ?? "", careful, "complete");
    await h.quiet();
    expect(await owner.caller.invoices.get({ invoiceId: id })).toMatchObject({ status: "paid" });
    expect(await owner.caller.invoices.openPayment({ invoiceId: id })).toMatchObject({
      clientSecret: null,
      amount: 0,
    });
  });

  it("is settled when the answer was lost", async () => {
    const id = await openInvoice(700);
    await fault(h.sandbox, {
      path: `/v1/invoices/${id}/pay`,
      method: "POST",
      times: 3,
      dropAfterCommit: true,
    });
    const lost = await owner.caller.invoices.pay(intent(id, 700)).catch((error: unknown) => error);
    expect(["paid", "unknown"]).toContain((lost as { outcome: string }).outcome);
    await settleUndecided(h.billing, { afterMs: 0 });
    await h.quiet();
    expect(await owner.caller.invoices.get({ invoiceId: id })).toMatchObject({ status: "paid" });
    expect(await chargesOf(id)).toHaveLength(1);
  });
});

describe("a page that is out of date", () => {
  it("is told that the amount is another one, and nothing is charged", async () => {
    const id = await openInvoice(1000);
    await expect(owner.caller.invoices.pay(intent(id, 999))).rejects.toMatchObject({
      cause: { reason: "amount_changed" },
    });
    expect(await chargesOf(id)).toHaveLength(0);
  });

  it("is told that the invoice was voided, or was paid already", async () => {
    const id = await openInvoice(1000);
    await h.stripe.invoices.voidInvoice(id);
    await h.quiet();
    const voided = { cause: { reason: "invoice_void" } };
    await expect(owner.caller.invoices.pay(intent(id, 1000))).rejects.toMatchObject(voided);
    await expect(owner.caller.invoices.openPayment({ invoiceId: id })).rejects.toMatchObject(voided);
    const paid = await openInvoice(600);
    await h.stripe.invoices.pay(paid, { payment_method: visa });
    expect((await owner.caller.invoices.pay(intent(paid, 600))).outcome).toBe("paid");
    expect(await chargesOf(paid)).toHaveLength(1);
  });

  it("cannot use a card of somebody else, or one that was removed", async () => {
    const id = await openInvoice(1100);
    await expect(owner.caller.invoices.pay(intent(id, 1100, "pm_none"))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const gone = await savedCard("pm_card_mastercard");
    await h.stripe.paymentMethods.detach(gone);
    await h.quiet();
    await expect(owner.caller.invoices.pay(intent(id, 1100, gone))).rejects.toMatchObject({
      cause: { reason: "card_removed" },
    });
  });
});
