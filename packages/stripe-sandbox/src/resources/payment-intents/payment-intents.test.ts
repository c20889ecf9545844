import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardParams, type Started, start } from "../../testing/start";
import { makeCustomer } from "../../testing/world";

const noRedirects = { enabled: true, allow_redirects: "never" as const };
let world: Started;
let stripe: Stripe;

beforeAll(async () => {
  world = await start();
  stripe = world.stripe;
});
afterAll(() => world.sandbox.close());

function pay(card: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create({
    amount: 1500,
    currency: "usd",
    payment_method: card,
    confirm: true,
    automatic_payment_methods: noRedirects,
    ...more,
  });
}

describe("confirm", () => {
  it("succeeds, and the books follow a moment later", async () => {
    const intent = await pay("pm_card_visa", { metadata: { order: "9" }, expand: ["latest_charge"] });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(intent).toMatchObject({ status: "succeeded", amount_received: 1500 });
    expect(charge).toMatchObject({
      paid: true,
      captured: true,
      balance_transaction: null,
      metadata: { order: "9" },
    });
    expect(charge.id.slice(3, 20)).toBe(intent.id.slice(3, 20));
    await world.sandbox.settled();
    const settled = await stripe.charges.retrieve(charge.id, { expand: ["balance_transaction"] });
    expect(settled.balance_transaction).toMatchObject({
      amount: 1500,
      fee: 74,
      net: 1426,
      status: "pending",
      type: "charge",
    });
    expect((await world.eventTypes("payment_intent.created")).slice(0, 4)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "charge.updated",
    ]);
  });

  it.each([
    ["pm_card_visa_chargeDeclined", "card_declined", "generic_decline"],
    ["pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
    ["pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", ""],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", ""],
    ["pm_card_chargeDeclinedProcessingError", "processing_error", ""],
    ["pm_card_radarBlock", "card_declined", "fraudulent"],
  ])("%s is a 402 with the intent inside, and the charge stays", async (card, code, declineCode) => {
    const error = await pay(card).catch((reason: Stripe.errors.StripeCardError) => reason);
    if (!(error instanceof Error)) throw new Error("The payment was not declined");
    expect(error).toMatchObject({
      statusCode: 402,
      type: "StripeCardError",
      code,
      decline_code: declineCode,
    });
    const intent = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? "");
    expect(intent).toMatchObject({
      status: "requires_payment_method",
      payment_method: null,
      last_payment_error: { code },
    });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge));
    expect(charge).toMatchObject({ status: "failed", paid: false, failure_code: code });
    expect(charge.outcome?.type).toBe(card === "pm_card_radarBlock" ? "blocked" : "issuer_declined");
  });

  it("pays the same intent with another card after a decline", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      automatic_payment_methods: noRedirects,
    });
    await expect(
      stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_chargeDeclined" }),
    ).rejects.toMatchObject({ statusCode: 402 });
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_mastercard" });
    expect(paid.status).toBe("succeeded");
    const again = stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
    await expect(again).rejects.toMatchObject({ statusCode: 400, code: "payment_intent_unexpected_state" });
  });

  it("wants a return_url from a server unless redirects are off", async () => {
    const open = stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      payment_method: "pm_card_visa",
      confirm: true,
    });
    await expect(open).rejects.toMatchObject({ statusCode: 400, param: "return_url" });
    const asked = await pay("pm_card_threeDSecure2Required", {
      automatic_payment_methods: { enabled: true },
      return_url: "https://shop.example/back?order=1",
    });
    const url = new URL(asked.next_action?.redirect_to_url?.url ?? "");
    expect(asked.next_action?.type).toBe("redirect_to_url");
    // The page at this address adds the intent when it sends the customer back.
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_secret: asked.client_secret,
      return_url: "https://shop.example/back?order=1",
    });
  });
});

describe("without the customer", () => {
  const card = async (token: string) => {
    const customer = await makeCustomer(stripe);
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method: token,
      confirm: true,
      automatic_payment_methods: noRedirects,
    });
    if (setup.status === "requires_action") {
      await world.browse(`/_sandbox/3ds/${setup.id}`, {
        client_secret: String(setup.client_secret),
        outcome: "complete",
      });
    }
    const done = await stripe.setupIntents.retrieve(setup.id);
    expect(done.status).toBe("succeeded");
    return { customer: customer.id, payment_method: String(done.payment_method) };
  };
  const offSession = (given: { customer: string; payment_method: string }) =>
    pay(given.payment_method, { customer: given.customer, off_session: true });

  it("3155 works once it was set up", async () => {
    expect((await offSession(await card("pm_card_authenticationRequiredOnSetup"))).status).toBe("succeeded");
  });

  it("3184 asks every time, so it is refused", async () => {
    const given = await card("pm_card_authenticationRequired");
    await expect(offSession(given)).rejects.toMatchObject({
      statusCode: 402,
      code: "authentication_required",
      decline_code: "authentication_required",
    });
  });

  it("0446 works off session and asks on session", async () => {
    const given = await card("pm_card_authenticationRequiredSetupForOffSession");
    expect((await offSession(given)).status).toBe("succeeded");
    expect((await pay(given.payment_method, { customer: given.customer })).status).toBe("requires_action");
  });
});

describe("capture and cancel", () => {
  it("authorises, captures part and releases the rest", async () => {
    const intent = await pay("pm_card_visa", { capture_method: "manual" });
    expect(intent).toMatchObject({ status: "requires_capture", amount_capturable: 1500 });
    await expect(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 1501 })).rejects.toMatchObject(
      { statusCode: 400 },
    );
    const captured = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 1000,
      expand: ["latest_charge"],
    });
    expect(captured).toMatchObject({ status: "succeeded", amount_received: 1000 });
    expect(captured.latest_charge).toMatchObject({
      amount_captured: 1000,
      amount_refunded: 500,
      refunded: false,
    });
  });

  it("cancels what is not paid, once", async () => {
    const intent = await stripe.paymentIntents.create({ amount: 900, currency: "usd" });
    const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: "abandoned" });
    expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "abandoned" });
    await expect(stripe.paymentIntents.cancel(intent.id)).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });
});

it("refuses amounts that cannot be charged and the removed parameter by name", async () => {
  await expect(stripe.paymentIntents.create({ amount: 49, currency: "usd" })).rejects.toMatchObject({
    code: "amount_too_small",
  });
  const old = { amount: 500, currency: "usd", payment_method_types: ["card"] };
  await expect(stripe.paymentIntents.create(old)).rejects.toMatchObject({
    code: "payment_method_types_no_longer_supported",
  });
});

it("refuses bad card fields as a bank would, and keeps no number", async () => {
  const intent = await stripe.paymentIntents.create({ amount: 900, currency: "usd" });
  const confirm = (change: Record<string, string>, number = "4242424242424242") =>
    world.browse(`/v1/payment_intents/${intent.id}/confirm`, {
      client_secret: String(intent.client_secret),
      ...cardParams(number),
      ...change,
    });
  const code = async (answer: ReturnType<typeof confirm>) => (await answer).body.error?.code;
  expect(await code(confirm({ "payment_method_data[card][exp_month]": "13" }))).toBe("invalid_expiry_month");
  expect(await code(confirm({ "payment_method_data[card][exp_year]": "20" }))).toBe("invalid_expiry_year");
  expect(await code(confirm({ "payment_method_data[card][cvc]": "99" }))).toBe("invalid_cvc");
  expect(await code(confirm({}, "4242424242424241"))).toBe("incorrect_number");
  expect(await code(confirm({}, "4929000000006"))).toBe("card_declined");
  expect(await code(confirm({}, "4000000000001208"))).toBe("sandbox_not_modelled");
  expect(JSON.stringify(world.sandbox.calls())).not.toContain("4242424242424242");
});

it("pays with a confirmation token once", async () => {
  const token = await world.browse("/v1/confirmation_tokens", cardParams("4242424242424242"));
  const intent = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    automatic_payment_methods: noRedirects,
  });
  const paid = await stripe.paymentIntents.confirm(intent.id, { confirmation_token: String(token.body.id) });
  expect(paid.status).toBe("succeeded");
  const other = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    automatic_payment_methods: noRedirects,
  });
  await expect(
    stripe.paymentIntents.confirm(other.id, { confirmation_token: String(token.body.id) }),
  ).rejects.toMatchObject({ statusCode: 400 });
});

it("books at once what is captured at once, and lets a card that belongs to nobody pay only once", async () => {
  const intent = await pay("pm_card_bypassPending", {
    capture_method: "automatic",
    expand: ["latest_charge.balance_transaction"],
  });
  expect((intent.latest_charge as Stripe.Charge).balance_transaction).toMatchObject({ status: "available" });
  const balance = await stripe.balance.retrieve();
  expect(balance.available.find((row) => row.currency === "usd")?.amount).toBeGreaterThanOrEqual(1426);
  await expect(pay(String(intent.payment_method))).rejects.toMatchObject({
    statusCode: 400,
    param: "payment_method",
  });
});
