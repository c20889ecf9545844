import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Started, start } from "../../testing/start";
import { makeCustomer } from "../../testing/world";

let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

it("an invoice keeps how it is shown, where it is shipped and how it may be paid", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const address = { line1: "Main Street 1", city: "Springfield", country: "US", postal_code: "94103" };
  const draft = await stripe.invoices.create({
    customer: customer.id,
    payment_settings: { payment_method_types: ["card"] },
    rendering: { amount_tax_display: "include_inclusive_tax", pdf: { page_size: "a4" } },
    shipping_details: { address, name: "Ada" },
  });
  expect(draft).toMatchObject({
    payment_settings: { payment_method_types: ["card"], default_mandate: null },
    rendering: { amount_tax_display: "include_inclusive_tax", pdf: { page_size: "a4" }, template: null },
    shipping_details: { address: { ...address, line2: null, state: null }, name: "Ada", phone: null },
  });
  const changed = await stripe.invoices.update(draft.id, { shipping_details: "", payment_settings: {} });
  expect(changed).toMatchObject({
    shipping_details: null,
    payment_settings: { payment_method_types: ["card"] },
  });
});

it("an invoice item can be of a part of a unit", async () => {
  const customer = await makeCustomer(stripe, "pm_card_visa");
  const { id } = await stripe.invoices.create({ customer: customer.id });
  const item = await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: id,
    quantity_decimal: Stripe.Decimal.from("2.5"),
    unit_amount_decimal: Stripe.Decimal.from("333.3"),
  });
  expect(item).toMatchObject({ amount: 833, quantity: 2 });
  expect(String(item.quantity_decimal)).toBe("2.5");
  const [line] = (await stripe.invoices.retrieve(id)).lines.data;
  expect([line?.amount, String(line?.quantity_decimal)]).toEqual([833, "2.5"]);
  const whole = await stripe.invoiceItems.update(item.id, { quantity: 3 });
  expect([whole.amount, String(whole.quantity_decimal)]).toEqual([1000, "3"]);
  await expect(
    stripe.invoiceItems.update(item.id, { quantity: 3, quantity_decimal: Stripe.Decimal.from("3") }),
  ).rejects.toMatchObject({ code: "parameters_exclusive" });
});
