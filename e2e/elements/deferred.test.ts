import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { challenge, type Merchant, said, startMerchant, typeCard } from "./merchant";

let merchant: Merchant;
let browser: Browser;

beforeAll(async () => {
  [merchant, browser] = await Promise.all([startMerchant(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await merchant?.close();
});

async function open(options: object): Promise<Page> {
  const page = await merchant.open(browser);
  await page.evaluate((given) => {
    window.elements = window.stripe.elements(given as never);
    window.place(window.elements.create("payment"), "#payment");
  }, options);
  await said(page, "ready");
  return page;
}

const payment = { mode: "payment", amount: 1099, currency: "usd" };
const submit = (page: Page) => page.evaluate(() => window.elements.submit());

async function intentOf(more: object = {}) {
  const { client_secret: secret } = await merchant.stripe.paymentIntents.create({
    amount: 1099,
    currency: "usd",
    ...more,
  });
  return secret ?? "";
}

/** Resolved or thrown, as one text or value. */
const confirm = (
  page: Page,
  clientSecret: string,
  kind: "confirmPayment" | "confirmSetup" = "confirmPayment",
) =>
  page.evaluate(
    async ([secret, name]) => {
      try {
        return await window.stripe[name as "confirmPayment"]({
          elements: window.elements,
          clientSecret: secret,
          redirect: "if_required",
        } as never);
      } catch (error) {
        const { name: thrown, message, type } = error as Error & { type?: string };
        return { thrown, message, type };
      }
    },
    [clientSecret, kind] as const,
  );

describe("a form that is drawn before the intent exists", () => {
  it("is submitted, then confirmed", async () => {
    const page = await open(payment);
    expect(await submit(page)).toMatchObject({
      error: { type: "validation_error", code: "incomplete_number" },
    });
    await typeCard(page, "4242424242424242");
    expect(await submit(page)).toEqual({ selectedPaymentMethod: "card" });
    expect(await confirm(page, await intentOf())).toMatchObject({ paymentIntent: { status: "succeeded" } });
    await page.context().close();
  });

  it("must be submitted again after a change, or an update", async () => {
    const page = await open(payment);
    const secret = await intentOf();
    await typeCard(page, "4242424242424242");
    const unsubmitted = { thrown: "IntegrationError", message: expect.stringContaining("elements.submit()") };
    expect(await confirm(page, secret)).toMatchObject(unsubmitted);
    await submit(page);
    await typeCard(page, "5555555555554444");
    expect(await confirm(page, secret)).toMatchObject(unsubmitted);
    await submit(page);
    await page.evaluate(() => window.elements.update({ amount: 1099 }));
    expect(await confirm(page, secret)).toMatchObject(unsubmitted);
    await submit(page);
    expect(await confirm(page, secret)).toMatchObject({ paymentIntent: { status: "succeeded" } });
    await page.context().close();
  });

  it.each([
    ["amount", { amount: 1100 }],
    ["currency", { currency: "eur" }],
    ["setup_future_usage", { setup_future_usage: "off_session" }],
    ["capture_method", { capture_method: "manual" }],
  ])("refuses an intent with another %s as a mistake of the page", async (name, more) => {
    const page = await open(payment);
    await typeCard(page, "4242424242424242");
    await submit(page);
    const secret = await intentOf(more);
    expect(await confirm(page, secret)).toMatchObject({
      thrown: "IntegrationError",
      type: "integration_error",
      message: expect.stringMatching(new RegExp(`^The ${name} given to elements`)),
    });
    const intent = await merchant.stripe.paymentIntents.retrieve(secret.split("_secret_")[0] ?? "");
    expect(intent.status).toBe("requires_payment_method");
    await page.context().close();
  });

  it("pays when the page follows what the server decided", async () => {
    const page = await open(payment);
    await typeCard(page, "4242424242424242");
    await page.evaluate(() => window.elements.update({ amount: 2500, setupFutureUsage: "off_session" }));
    await submit(page);
    const secret = await intentOf({ amount: 2500, setup_future_usage: "off_session" });
    expect(await confirm(page, secret)).toMatchObject({
      paymentIntent: { amount: 2500, status: "succeeded" },
    });
    await page.context().close();
  });

  it("sets up a card with its challenge, also for a subscription that begins free", async () => {
    for (const options of [
      { mode: "setup", currency: "usd" },
      { mode: "subscription", amount: 0, currency: "usd" },
    ]) {
      const page = await open(options);
      await typeCard(page, "4000002500003155");
      await submit(page);
      const { client_secret: secret } = await merchant.stripe.setupIntents.create();
      const pending = confirm(page, secret ?? "", "confirmSetup");
      await challenge(page).getByRole("button", { name: "Complete authentication" }).click();
      expect(await pending).toMatchObject({ setupIntent: { status: "succeeded" } });
      const found = await page.evaluate((given) => window.stripe.retrieveSetupIntent(given), secret ?? "");
      expect(found.setupIntent?.status).toBe("succeeded");
      await page.context().close();
    }
  });

  it("does not pay with a form for setting up, nor the other way round", async () => {
    const setup = await open({ mode: "setup", currency: "usd" });
    await typeCard(setup, "4242424242424242");
    await submit(setup);
    expect(await confirm(setup, await intentOf())).toMatchObject({
      type: "integration_error",
      message: expect.stringContaining("mode"),
    });
    const { client_secret: secret } = await merchant.stripe.setupIntents.create();
    expect(await confirm(setup, secret ?? "")).toMatchObject({ thrown: "IntegrationError" });
    await setup.context().close();
  });

  it.each([
    [{ mode: "payment", currency: "usd" }, /amount must be/],
    [{ mode: "payment", amount: 10.5, currency: "usd" }, /amount must be/],
    [{ mode: "payment", amount: 1000, currency: "USD" }, /currency must be/],
    [{ mode: "gift", amount: 1000, currency: "usd" }, /mode must be/],
    [{ mode: "setup", clientSecret: "pi_1_secret_2" }, /not both/],
    [{ clientSecret: "pi_1" }, /client secret of the form/],
    [{ mode: "setup", customerSessionClientSecret: "cus_1" }, /CustomerSession/],
  ])("refuses the options %j", async (options, message) => {
    const page = await merchant.open(browser);
    const failure = await page.evaluate(
      (given) => window.failureOf(() => window.stripe.elements(given as never)),
      options,
    );
    expect(failure).toMatch(/^IntegrationError: /);
    expect(failure).toMatch(message);
    await page.context().close();
  });
});

describe("tokens", () => {
  it("makes a confirmation token with what was asked, once the form is submitted", async () => {
    const page = await open({ ...payment, setupFutureUsage: "off_session" });
    const make = () =>
      page.evaluate(() =>
        window.stripe.createConfirmationToken({
          elements: window.elements,
          params: {
            payment_method_data: { billing_details: { name: "Ada" } },
            return_url: "https://shop.example/done",
          },
        }),
      );
    await typeCard(page, "4242424242424242");
    await expect(make()).rejects.toThrow(/elements.submit\(\) must be called/);
    await submit(page);
    const { confirmationToken } = await make();
    expect(confirmationToken).toMatchObject({
      object: "confirmation_token",
      setup_future_usage: "off_session",
      return_url: "https://shop.example/done",
      payment_method_preview: { billing_details: { name: "Ada", address: { postal_code: "94107" } } },
    });
    const secret = await intentOf({ setup_future_usage: "off_session" });
    const paid = await page.evaluate(
      ([clientSecret, token]) =>
        window.stripe.confirmPayment({
          clientSecret,
          confirmParams: { confirmation_token: token, return_url: "https://shop.example/done" },
          redirect: "if_required",
        } as never),
      [secret, confirmationToken?.id ?? ""] as const,
    );
    expect(paid.paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });

  it("makes a payment method only where the page said it would", async () => {
    const make = (page: Page) =>
      page.evaluate(() =>
        window.stripe.createPaymentMethod({
          elements: window.elements,
          params: { billing_details: { email: "ada@shop.example" }, metadata: { order: "7" } },
        }),
      );
    const automatic = await open(payment);
    await typeCard(automatic, "4242424242424242");
    await submit(automatic);
    await expect(make(automatic)).rejects.toThrow(/paymentMethodCreation/);
    await automatic.context().close();

    const manual = await open({ ...payment, paymentMethodCreation: "manual" });
    await typeCard(manual, "4242424242424242");
    await submit(manual);
    const { paymentMethod } = await make(manual);
    expect(paymentMethod).toMatchObject({
      object: "payment_method",
      billing_details: { email: "ada@shop.example" },
      card: { last4: "4242" },
      metadata: { order: "7" },
    });
    await manual.context().close();
  });
});
