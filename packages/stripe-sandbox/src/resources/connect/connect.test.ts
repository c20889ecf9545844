import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { booksOf, makeSeller } from "../../testing/accounts";
import { type Started, start } from "../../testing/start";
import { charged, makeCustomer, makePrice } from "../../testing/world";

let world: Started;
let stripe: Stripe;
let seller: { id: string; inside: Stripe };

beforeEach(async () => {
  world = await start();
  stripe = world.stripe;
  seller = await makeSeller(world);
});
afterEach(() => world.sandbox.close());

const never = { enabled: true, allow_redirects: "never" as const };

async function pay(
  client: Stripe,
  given: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.Charge> {
  const intent = await client.paymentIntents.create({
    amount: 1000,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: never,
    expand: ["latest_charge"],
    ...given,
  });
  await world.sandbox.settled();
  return client.charges.retrieve((intent.latest_charge as Stripe.Charge).id);
}

const destination = (given: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  pay(stripe, { transfer_data: { destination: seller.id }, ...given });
const balances = async () => ({
  platform: (await booksOf(stripe)).balance,
  seller: (await booksOf(seller.inside)).balance,
});
const transferOf = (charge: Stripe.Charge) => stripe.transfers.retrieve(String(charge.transfer));

describe("a direct charge", () => {
  it("lives in the account and leaves its fee to the platform", async () => {
    const charge = await pay(seller.inside, { application_fee_amount: 123 });
    expect(charge).toMatchObject({ application_fee_amount: 123, application: "ca_FareboxSandbox" });
    await expect(stripe.charges.retrieve(charge.id)).rejects.toMatchObject({ statusCode: 404 });
    const fee = await stripe.applicationFees.retrieve(String(charge.application_fee));
    expect(fee).toMatchObject({
      account: seller.id,
      amount: 123,
      charge: charge.id,
      originating_transaction: null,
      refunded: false,
      refunds: { data: [] },
    });
    const entry = await seller.inside.balanceTransactions.retrieve(String(charge.balance_transaction));
    expect(entry).toMatchObject({ amount: 1000, fee: 123, net: 877, type: "charge" });
    expect(entry.fee_details).toMatchObject([{ type: "application_fee", amount: 123 }]);
    expect(await balances()).toEqual({ platform: 123 - 59, seller: 877 });
    const events = await stripe.events.list({});
    expect(events.data.map(({ type, account }) => [type, account])).toEqual([
      ["application_fee.created", undefined],
    ]);
  });

  it("is paid for by the account when it was made so", async () => {
    const other = await makeSeller(world, "account");
    const charge = await pay(other.inside, { application_fee_amount: 100 });
    const entry = await other.inside.balanceTransactions.retrieve(String(charge.balance_transaction));
    expect(entry).toMatchObject({ fee: 159, net: 841 });
    expect(entry.fee_details.map(({ type, amount }) => [type, amount])).toEqual([
      ["application_fee", 100],
      ["stripe_fee", 59],
    ]);
    expect((await booksOf(stripe)).balance).toBe(100);
  });

  it("gives the fee back in the same part as the charge, to the last cent", async () => {
    const charge = await pay(seller.inside, { application_fee_amount: 101 });
    const part = { charge: charge.id, refund_application_fee: true };
    await seller.inside.refunds.create({ ...part, amount: 333 });
    const id = String(charge.application_fee);
    expect(await stripe.applicationFees.retrieve(id)).toMatchObject({ amount_refunded: 34, refunded: false });
    await seller.inside.refunds.create(part);
    const fee = await stripe.applicationFees.retrieve(id);
    expect(fee).toMatchObject({ amount_refunded: 101, refunded: true });
    expect(fee.refunds.data.map(({ amount }) => amount)).toEqual([67, 34]);
    await world.sandbox.settled();
    expect(await balances()).toEqual({ platform: -59, seller: 0 });
    expect(await world.eventTypes()).toEqual([
      "application_fee.created",
      "application_fee.refunded",
      "application_fee.refunded",
    ]);
  });
});

describe("a destination charge", () => {
  it("passes everything on, keeps its fee, and pays Stripe itself", async () => {
    const charge = await destination({ application_fee_amount: 123 });
    expect(charge).toMatchObject({
      transfer_data: { amount: null, destination: seller.id },
      application_fee_amount: 123,
    });
    expect(charge.transfer_group).toBe(`group_${charge.payment_intent}`);
    const transfer = await transferOf(charge);
    expect(transfer).toMatchObject({
      amount: 1000,
      destination: seller.id,
      source_transaction: charge.id,
      transfer_group: charge.transfer_group,
    });
    expect(transfer.destination_payment).toMatch(/^py_/);
    const payment = await seller.inside.charges.retrieve(String(transfer.destination_payment));
    expect(payment).toMatchObject({
      amount: 1000,
      application_fee: charge.application_fee,
      application_fee_amount: 123,
      source_transfer: transfer.id,
      payment_method_details: { type: "stripe_account" },
    });
    const fee = await stripe.applicationFees.retrieve(String(charge.application_fee));
    expect(fee).toMatchObject({ charge: payment.id, originating_transaction: charge.id, account: seller.id });
    expect(await balances()).toEqual({ platform: 1000 - 59 - 1000 + 123, seller: 877 });
    const types = await world.eventTypes("payment_intent.created");
    expect(types.filter((type) => type !== "charge.updated")).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "transfer.created",
      "payment_intent.succeeded",
      "application_fee.created",
    ]);
  });

  it("passes on a part, or in the name of the account", async () => {
    const charge = await destination({
      transfer_data: { destination: seller.id, amount: 700 },
      on_behalf_of: seller.id,
    });
    expect((await transferOf(charge)).amount).toBe(700);
    const shown = await stripe.charges.retrieve(charge.id, {
      expand: ["on_behalf_of", "transfer.destination", "application_fee"],
    });
    expect((shown.on_behalf_of as Stripe.Account).id).toBe(seller.id);
    expect(((shown.transfer as Stripe.Transfer).destination as Stripe.Account).object).toBe("account");
    expect(await balances()).toEqual({ platform: 241, seller: 700 });
  });

  it("shares only what is captured, and caps the fee at it", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 1000,
      currency: "usd",
      payment_method: "pm_card_visa",
      capture_method: "manual",
      confirm: true,
      automatic_payment_methods: never,
      application_fee_amount: 400,
      transfer_data: { destination: seller.id },
    });
    expect((await stripe.transfers.list()).data).toEqual([]);
    const done = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 300 });
    const charge = await stripe.charges.retrieve(String(done.latest_charge));
    expect(charge.application_fee_amount).toBe(300);
    expect((await transferOf(charge)).amount).toBe(300);
    expect((await stripe.applicationFees.list({ charge: charge.id })).data[0]?.amount).toBe(300);
  });

  it("20: leaves the account its money at a refund, or takes it back pro rata", async () => {
    const charge = await destination({ application_fee_amount: 100 });
    const before = await balances();
    await stripe.refunds.create({ charge: charge.id, amount: 200 });
    expect(await balances()).toEqual({ platform: before.platform - 200, seller: before.seller });
    const refund = await stripe.refunds.create({
      charge: charge.id,
      amount: 300,
      reverse_transfer: true,
      refund_application_fee: true,
      expand: ["transfer_reversal"],
    });
    expect(refund.transfer_reversal).toMatchObject({
      amount: 300,
      source_refund: refund.id,
      transfer: charge.transfer,
    });
    expect(await balances()).toEqual({
      platform: before.platform - 200 - 300 + 300 - 30,
      seller: before.seller - 300 + 30,
    });
    const transfer = await transferOf(charge);
    expect(transfer).toMatchObject({ amount_reversed: 300, reversed: false });
    const [reversal] = transfer.reversals.data;
    const back = await seller.inside.refunds.retrieve(String(reversal?.destination_payment_refund));
    expect(back).toMatchObject({ amount: 300, charge: transfer.destination_payment, status: "succeeded" });
    await stripe.refunds.create({ charge: charge.id, reverse_transfer: true, refund_application_fee: true });
    expect(await transferOf(charge)).toMatchObject({ amount_reversed: 1000, reversed: true });
    expect(await world.eventTypes()).toContain("transfer.reversed");
    await world.sandbox.settled();
    const [ours, theirs] = [await booksOf(stripe), await booksOf(seller.inside)];
    expect([ours.balance, theirs.balance]).toEqual([ours.entries, theirs.entries]);
    expect(ours.balance + theirs.balance).toBe(-59);
  });

  it("that is disputed is a matter of the platform", async () => {
    await destination({ payment_method: "pm_card_createDispute" });
    expect(await balances()).toEqual({ platform: -59 - 1000 - 1500, seller: 1000 });
  });

  it("refuses terms that cannot be", async () => {
    const make = (given: Partial<Stripe.PaymentIntentCreateParams>, client = stripe) =>
      client.paymentIntents.create({ amount: 1000, currency: "usd", ...given });
    const to = { destination: seller.id };
    await expect(make({ application_fee_amount: 10 })).rejects.toMatchObject({
      code: "application_fees_not_allowed",
    });
    await expect(
      make({ application_fee_amount: 10, transfer_data: { ...to, amount: 500 } }),
    ).rejects.toMatchObject({ code: "parameters_exclusive" });
    await expect(make({ application_fee_amount: 1001, transfer_data: to })).rejects.toMatchObject({
      param: "application_fee_amount",
    });
    await expect(make({ transfer_data: { destination: "acct_none" } })).rejects.toMatchObject({
      code: "resource_missing",
      param: "transfer_data[destination]",
    });
    const fresh = await stripe.accounts.create({ type: "express" });
    await expect(make({ transfer_data: { destination: fresh.id } })).rejects.toMatchObject({
      code: "capability_not_active",
    });
    await expect(make({ on_behalf_of: fresh.id })).rejects.toMatchObject({ code: "capability_not_active" });
    await expect(make({ transfer_data: to }, seller.inside)).rejects.toMatchObject({
      code: "platform_account_required",
    });
    const plain = await pay(stripe);
    await expect(stripe.refunds.create({ charge: plain.id, reverse_transfer: true })).rejects.toMatchObject({
      param: "reverse_transfer",
    });
    await expect(
      stripe.refunds.create({ charge: plain.id, refund_application_fee: true }),
    ).rejects.toMatchObject({ param: "refund_application_fee" });
  });
});

describe("separate charges and transfers", () => {
  it("need money that has arrived, or a charge it comes from", async () => {
    const to = { destination: seller.id, currency: "usd" };
    const charge = await charged(stripe, "pm_card_visa");
    await expect(stripe.transfers.create({ ...to, amount: 100 })).rejects.toMatchObject({
      code: "balance_insufficient",
    });
    const from = { ...to, source_transaction: charge.id };
    const first = await stripe.transfers.create({ ...from, amount: 600, metadata: { a: "1" } });
    expect(first.transfer_group).toBe(`group_${charge.payment_intent}`);
    await expect(stripe.transfers.create({ ...from, amount: 401 })).rejects.toMatchObject({
      param: "amount",
    });
    await expect(stripe.transfers.create({ ...from, amount: 1, currency: "eur" })).rejects.toMatchObject({
      code: "transfer_source_balance_parameters_mismatch",
    });
    await stripe.transfers.create({ ...from, amount: 400 });
    await charged(stripe, "pm_card_bypassPending", 5000);
    await world.sandbox.settled();
    const free = await stripe.transfers.create({ ...to, amount: 4000, transfer_group: "ORDER_1" });
    expect(free.source_transaction).toBeNull();
    const grouped = await stripe.transfers.list({ transfer_group: "ORDER_1" });
    expect(grouped.data.map(({ id }) => id)).toEqual([free.id]);
    expect((await stripe.transfers.list({ destination: seller.id })).data).toHaveLength(3);
    expect((await booksOf(seller.inside)).balance).toBe(5000);
    await expect(
      stripe.transfers.create({ ...to, amount: 10 }, { stripeAccount: seller.id }),
    ).rejects.toMatchObject({ code: "platform_account_required" });
  });

  it("are reversed in parts, never more than there is", async () => {
    const charge = await charged(stripe, "pm_card_visa");
    const { id } = await stripe.transfers.create({
      amount: 1000,
      currency: "usd",
      destination: seller.id,
      source_transaction: charge.id,
    });
    const one = await stripe.transfers.createReversal(id, { amount: 400, metadata: { why: "late" } });
    await expect(stripe.transfers.createReversal(id, { amount: 601 })).rejects.toMatchObject({
      statusCode: 400,
      param: "amount",
    });
    const two = await stripe.transfers.createReversal(id);
    expect(two.amount).toBe(600);
    await expect(stripe.transfers.createReversal(id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await stripe.transfers.listReversals(id, { limit: 1 })).data[0]?.id).toBe(two.id);
    const changed = await stripe.transfers.updateReversal(id, one.id, { metadata: { why: "" } });
    expect(changed.metadata).toEqual({});
    expect((await stripe.transfers.retrieveReversal(id, one.id)).amount).toBe(400);
    const named = await stripe.transfers.update(id, { description: "Rent" });
    expect(named).toMatchObject({ description: "Rent", reversed: true, amount_reversed: 1000 });
    expect(await world.eventTypes("transfer.created")).toEqual(
      expect.arrayContaining(["transfer.reversed", "transfer.reversed", "transfer.updated"]),
    );
    expect((await booksOf(seller.inside)).balance).toBe(0);
  });

  it("give fees back by hand, and not twice", async () => {
    const charge = await destination({ application_fee_amount: 100 });
    const id = String(charge.application_fee);
    const refund = await stripe.applicationFees.createRefund(id, { amount: 40 });
    await expect(stripe.applicationFees.createRefund(id, { amount: 61 })).rejects.toMatchObject({
      param: "amount",
    });
    await stripe.transfers.createReversal(String(charge.transfer), { refund_application_fee: true });
    expect(await stripe.applicationFees.retrieve(id)).toMatchObject({ amount_refunded: 100, refunded: true });
    await stripe.applicationFees.updateRefund(id, refund.id, { metadata: { a: "b" } });
    expect((await stripe.applicationFees.retrieveRefund(id, refund.id)).metadata).toEqual({ a: "b" });
    expect((await stripe.applicationFees.listRefunds(id)).data).toHaveLength(2);
    expect(await world.eventTypes()).toContain("application_fee.refund.updated");
    expect((await booksOf(seller.inside)).balance).toBe(0);
  });
});

describe("subscriptions and invoices", () => {
  it("leave a percentage with the platform, or pass a percentage on", async () => {
    const price = await makePrice(stripe, { amount: 1999 });
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const items = [{ price: price.id }];
    const shared = await stripe.subscriptions.create({
      customer: customer.id,
      items,
      application_fee_percent: 12.5,
      transfer_data: { destination: seller.id },
      on_behalf_of: seller.id,
    });
    expect(shared).toMatchObject({
      application_fee_percent: 12.5,
      on_behalf_of: seller.id,
      transfer_data: { destination: seller.id, amount_percent: null },
    });
    const [invoice] = (await stripe.invoices.list({ subscription: shared.id })).data;
    expect(invoice?.on_behalf_of).toBe(seller.id);
    const [fee] = (await stripe.applicationFees.list()).data;
    expect(fee?.amount).toBe(250);
    await stripe.subscriptions.update(shared.id, { application_fee_percent: "", on_behalf_of: "" });
    await stripe.subscriptions.update(shared.id, {
      transfer_data: { destination: seller.id, amount_percent: 50 },
      items: [{ id: shared.items.data[0]?.id ?? "", quantity: 2 }],
      proration_behavior: "always_invoice",
    });
    const [latest] = (await stripe.transfers.list()).data;
    expect(latest?.amount).toBe(1000);
    await expect(
      stripe.subscriptions.create({ customer: customer.id, items, application_fee_percent: 10 }),
    ).rejects.toMatchObject({ code: "application_fees_not_allowed" });
  });

  it("inside an account leave the platform its part of each invoice", async () => {
    const price = await makePrice(seller.inside, { amount: 1000 });
    const customer = await makeCustomer(seller.inside, "pm_card_visa");
    await seller.inside.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      application_fee_percent: 10,
    });
    const [fee] = (await stripe.applicationFees.list()).data;
    expect(fee).toMatchObject({ amount: 100, account: seller.id });
  });

  it("single invoices say it in amounts", async () => {
    const customer = await makeCustomer(stripe, "pm_card_visa");
    const invoice = await stripe.invoices.create({
      customer: customer.id,
      application_fee_amount: 70,
      transfer_data: { destination: seller.id },
      on_behalf_of: seller.id,
    });
    await stripe.invoiceItems.create({
      customer: customer.id,
      invoice: invoice.id,
      amount: 500,
      currency: "usd",
    });
    await stripe.invoices.update(invoice.id, { application_fee_amount: 80 });
    await stripe.invoices.pay(invoice.id);
    expect((await stripe.applicationFees.list()).data[0]?.amount).toBe(80);
    expect((await booksOf(seller.inside)).balance).toBe(420);
    await expect(
      stripe.invoices.create({ customer: customer.id, application_fee_amount: 1 }),
    ).rejects.toMatchObject({ code: "application_fees_not_allowed" });
  });
});
