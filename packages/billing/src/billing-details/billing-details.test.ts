import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStripeCustomer } from "../customers/ensure-stripe-customer";
import { settleUndecided } from "../operations/settle-undecided";
import { fault } from "../testing/faults";
import { type CustomerSession, type Harness, harness } from "../testing/harness";
import type { UpdateBillingDetailsInput } from "./schemas";

let h: Harness;
beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const details = (fields: Partial<UpdateBillingDetailsInput> = {}): UpdateBillingDetailsInput => ({
  operationId: randomUUID(),
  name: "Ada GmbH",
  email: "invoices@ada.example",
  phone: "+49 30 1234",
  address: { line1: "Am Platz 1", line2: "", city: "Berlin", state: "", postalCode: "10115", country: "DE" },
  language: "de",
  ...fields,
});

const atStripe = async (session: CustomerSession) => {
  const id = await ensureStripeCustomer(session.ctx, session.customerId);
  const customer = await h.stripe.customers.retrieve(id, { expand: ["tax_ids"] });
  if (customer.deleted) throw new Error("deleted");
  return customer;
};
const invalid = (message: string) => ({ message: expect.stringContaining(message) });

describe("the details on invoices", () => {
  it("are written to Stripe and read back, also for a customer Stripe does not know yet", async () => {
    const session = await h.asCustomer();
    const { operationId: _, ...wanted } = details();
    expect(await session.caller.billingDetails.update(details())).toMatchObject(wanted);
    expect(await atStripe(session)).toMatchObject({
      name: "Ada GmbH",
      email: "invoices@ada.example",
      phone: "+49 30 1234",
      address: { line1: "Am Platz 1", city: "Berlin", postal_code: "10115", country: "DE", line2: null },
      preferred_locales: ["de"],
    });
    expect((await session.caller.session.get()).customer).toMatchObject({ name: "Ada GmbH" });
    await session.caller.billingDetails.update(details({ address: null, phone: "" }));
    expect(await session.caller.billingDetails.get()).toMatchObject({ address: null, phone: "" });
    expect(await atStripe(session)).toMatchObject({ address: null });
    await h.quiet();
    const actions = await h.db.auditEntry.findMany({
      where: { customerId: session.customerId, action: { startsWith: "customers.update" } },
      select: { action: true },
      orderBy: { seq: "asc" },
    });
    expect(actions.map(({ action }) => action)).toEqual([
      "customers.update",
      "customers.update_settled",
      "customers.update",
      "customers.update_settled",
    ]);
  });

  it("follow what is changed at Stripe", async () => {
    const session = await h.asCustomer();
    const { id } = await atStripe(session);
    await h.stripe.customers.update(id, {
      name: "By hand",
      tax_exempt: "reverse",
      preferred_locales: ["fr-FR"],
      address: { country: "FR", city: "Paris" },
    });
    await h.stripe.customers.createTaxId(id, { type: "eu_vat", value: "FR12345678901" });
    await h.quiet();
    expect(await session.caller.billingDetails.get()).toMatchObject({
      name: "By hand",
      taxExempt: "reverse",
      language: "fr",
      address: { country: "FR", city: "Paris", line1: "" },
      taxIds: [{ kind: "eu_vat", value: "FR12345678901", country: "FR", status: "verified" }],
    });
  });

  it.each([
    [{ name: " " }, "Enter a name."],
    [{ email: "nobody" }, "Enter an email address"],
    [
      { address: { line1: "1", line2: "", city: "X", state: "", postalCode: "1", country: "DE" } },
      "such as 10115",
    ],
    [
      { address: { line1: "1", line2: "", city: "X", state: "", postalCode: "", country: "?" } },
      "Choose a country.",
    ],
  ])("are refused: %j", async (fields, message) => {
    const session = await h.asCustomer();
    await expect(session.caller.billingDetails.update(details(fields))).rejects.toMatchObject(
      invalid(message),
    );
  });

  it("are written once when the answer is lost", async () => {
    const session = await h.asCustomer();
    const { id } = await atStripe(session);
    await fault(h.sandbox, { path: `/v1/customers/${id}`, method: "POST", times: 3, dropAfterCommit: true });
    const wanted = details();
    await session.caller.billingDetails.update(wanted).catch(() => null);
    await settleUndecided(h.billing, { afterMs: 0 });
    const where = { customerId_id: { customerId: session.customerId, id: wanted.operationId } };
    expect(await h.db.moneyOperation.findUniqueOrThrow({ where })).toMatchObject({ state: "succeeded" });
    await h.quiet();
    expect(await session.caller.billingDetails.get()).toMatchObject({ name: "Ada GmbH" });
  });

  it("are not changed by a viewer", async () => {
    const viewer = await h.asCustomer({ role: "viewer" });
    expect(await viewer.caller.billingDetails.get()).toMatchObject({ address: null, language: "en" });
    await expect(viewer.caller.billingDetails.update(details())).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("tax ids", () => {
  const add = (session: CustomerSession, value: string, operationId = randomUUID()) =>
    session.caller.billingDetails.addTaxId({ operationId, kind: "eu_vat", value });

  it("are added once, verified by the register, and removed", async () => {
    const session = await h.asCustomer();
    const operationId = randomUUID();
    const first = await add(session, "de123456789", operationId);
    expect(first.taxIds).toMatchObject([{ kind: "eu_vat", value: "DE123456789", country: "DE" }]);
    await add(session, "de123456789", operationId);
    await expect(add(session, "DE123456789")).rejects.toMatchObject({ cause: { reason: "tax_id_known" } });
    await h.quiet();
    const { taxIds } = await session.caller.billingDetails.get();
    expect(taxIds).toMatchObject([{ status: "verified" }]);
    const removal = { operationId: randomUUID(), taxId: taxIds[0]?.id ?? "" };
    expect((await session.caller.billingDetails.removeTaxId(removal)).taxIds).toEqual([]);
    expect((await session.caller.billingDetails.removeTaxId(removal)).taxIds).toEqual([]);
    await h.quiet();
    expect((await atStripe(session)).tax_ids?.data).toEqual([]);
  });

  it("that the register does not know say so", async () => {
    const session = await h.asCustomer();
    await add(session, "DE111111111");
    await h.quiet();
    expect((await session.caller.billingDetails.get()).taxIds).toMatchObject([{ status: "unverified" }]);
  });

  it("in a wrong form are refused before anybody is asked", async () => {
    const session = await h.asCustomer();
    await expect(add(session, "12")).rejects.toMatchObject(invalid("such as DE123456789"));
  });
});
