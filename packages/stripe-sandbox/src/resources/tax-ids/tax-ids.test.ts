import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { eventsOf, makeCustomer } from "../../testing/world";

let world: Started;
beforeAll(async () => {
  world = await start();
});
afterAll(() => world.sandbox.close());

describe("tax ids", () => {
  it("are created, verified, listed, expanded and deleted", async () => {
    const { stripe, sandbox } = world;
    const customer = await stripe.customers.create({
      name: "Ada GmbH",
      address: { line1: "Am Platz 1", postal_code: "10115", city: "Berlin", country: "DE" },
    });
    const made = await stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "DE123456789" });
    expect(made).toMatchObject({
      country: "DE",
      customer: customer.id,
      owner: { customer: customer.id, type: "customer" },
      verification: { status: "pending", verified_address: null, verified_name: null },
    });
    await sandbox.settled();
    const known = await stripe.customers.retrieveTaxId(customer.id, made.id, { expand: ["customer"] });
    expect(known.verification).toEqual({
      status: "verified",
      verified_address: "Am Platz 1, 10115, Berlin",
      verified_name: "Ada GmbH",
    });
    expect(known.customer).toMatchObject({ object: "customer" });
    const listed = await stripe.customers.listTaxIds(customer.id, { limit: 1 });
    expect(listed).toMatchObject({ has_more: false, data: [{ id: made.id }] });
    const expanded = await stripe.customers.retrieve(customer.id, { expand: ["tax_ids"] });
    expect(expanded).toMatchObject({ tax_ids: { data: [{ id: made.id }] } });
    const { id, object, deleted } = await stripe.customers.deleteTaxId(customer.id, made.id);
    expect({ id, object, deleted }).toEqual({ id: made.id, object: "tax_id", deleted: true });
    expect(await eventsOf(stripe, made.id)).toEqual([
      "customer.tax_id.created",
      "customer.tax_id.updated",
      "customer.tax_id.deleted",
    ]);
    await expect(stripe.customers.retrieveTaxId(customer.id, made.id)).rejects.toMatchObject({
      code: "resource_missing",
      statusCode: 404,
    });
  });

  it("follow Stripe's test values", async () => {
    const { stripe, sandbox } = world;
    const customer = await makeCustomer(stripe);
    const values = ["000000000", "111111111", "222222222"];
    const made = await Promise.all(
      values.map((value) => stripe.customers.createTaxId(customer.id, { type: "eu_vat", value })),
    );
    await sandbox.settled();
    const states = await Promise.all(made.map(({ id }) => stripe.customers.retrieveTaxId(customer.id, id)));
    expect(states.map(({ verification }) => verification?.status)).toEqual([
      "verified",
      "unverified",
      "pending",
    ]);
    const unasked = await stripe.customers.createTaxId(customer.id, { type: "us_ein", value: "12-3456789" });
    expect(unasked).toMatchObject({ country: "US", verification: { status: "unavailable" } });
  });

  it("refuse unknown types, wrong values, too many, and those of others", async () => {
    const { stripe } = world;
    const customer = await makeCustomer(stripe);
    const other = await makeCustomer(stripe);
    const create = (type: string, value: string) =>
      stripe.customers.createTaxId(customer.id, { type, value }).catch((error: unknown) => error);
    expect(await create("xx_vat", "1")).toMatchObject({ param: "type", statusCode: 400 });
    expect(await create("eu_vat", "DE")).toMatchObject({ code: "tax_id_invalid", param: "value" });
    for (let at = 0; at < 5; at += 1)
      await stripe.customers.createTaxId(customer.id, { type: "za_vat", value: `4${at}` });
    expect(await create("za_vat", "46")).toMatchObject({ statusCode: 400 });
    const [first] = (await stripe.customers.listTaxIds(customer.id)).data;
    await expect(stripe.customers.deleteTaxId(other.id, first?.id ?? "")).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it("come with a new customer, and stay on its invoices as they were at finalization", async () => {
    const { stripe } = world;
    const customer = await stripe.customers.create({
      tax_id_data: [{ type: "ch_vat", value: "CHE-123.456.788 MWST" }],
    });
    await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: "usd" });
    const draft = await stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: "include",
    });
    const shown = { type: "ch_vat", value: "CHE-123.456.788 MWST" };
    expect(draft.customer_tax_ids).toEqual([shown]);
    const added = await stripe.customers.createTaxId(customer.id, { type: "li_uid", value: "CHE123456789" });
    const later = await stripe.invoices.retrieve(draft.id);
    expect(later.customer_tax_ids).toEqual([shown, { type: "li_uid", value: "CHE123456789" }]);
    await stripe.invoices.finalizeInvoice(draft.id);
    await stripe.customers.deleteTaxId(customer.id, added.id);
    expect((await stripe.invoices.retrieve(draft.id)).customer_tax_ids).toEqual(later.customer_tax_ids);
    const refused = stripe.customers.create({ tax_id_data: [{ type: "us_ein", value: "12" }] });
    await expect(refused).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  });
});
