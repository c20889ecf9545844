import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { challenge, type Merchant, paymentFrame, said, startMerchant, typeCard } from "./merchant";

let merchant: Merchant;
let browser: Browser;

beforeAll(async () => {
  [merchant, browser] = await Promise.all([startMerchant(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await merchant?.close();
});

async function secretOf(amount = 1099, more: object = {}): Promise<string> {
  const intent = await merchant.stripe.paymentIntents.create({ amount, currency: "usd", ...more });
  return intent.client_secret ?? "";
}

async function openPayment(options: object, elementOptions: object = {}): Promise<Page> {
  const page = await merchant.open(browser);
  await page.evaluate(
    ([given, own]) => {
      window.elements = window.stripe.elements(given as never);
      window.place(window.elements.create("payment", own as never), "#payment");
    },
    [options, elementOptions],
  );
  await said(page, "ready");
  return page;
}

const confirm = (page: Page, params: object = { redirect: "if_required" }) =>
  page.evaluate(
    (given) => window.stripe.confirmPayment({ elements: window.elements, ...given } as never),
    params,
  );

describe("the payment element", () => {
  it("reports itself as Stripe's does, from the first load to the last key", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    const names = () => page.evaluate(() => window.seen.map(([name]) => name));
    expect((await names()).filter((name) => name.startsWith("loader") || name === "ready")).toEqual([
      "loaderstart",
      "ready",
    ]);
    const frame = paymentFrame(page);
    await frame.getByLabel("Card number").focus();
    expect(await said(page, "focus")).toEqual({ elementType: "payment" });
    await page.keyboard.press("Escape");
    await expect.poll(() => said(page, "escape")).toEqual({ elementType: "payment" });
    await typeCard(page, "4242424242424242");
    await expect
      .poll(() => said(page, "change"))
      .toEqual({
        elementType: "payment",
        empty: false,
        complete: true,
        collapsed: false,
        value: { type: "card", billingDetails: { address: { country: "US", postalCode: "94107" } } },
      });
    await expect.poll(() => said(page, "carddetailschange")).toMatchObject({ details: { brands: ["visa"] } });
    await page.getByRole("button", { name: "Pay" }).focus();
    expect(await said(page, "blur")).toEqual({ elementType: "payment" });
    await frame.getByLabel("Card number").press("Enter");
    await said(page, "submit");
    await page.context().close();
  });

  it("pays, and answers the subset of the intent that a browser may see", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    await typeCard(page, "4242424242424242");
    const { paymentIntent } = await confirm(page);
    expect(paymentIntent).toMatchObject({ status: "succeeded", amount: 1099 });
    expect(paymentIntent).not.toHaveProperty("customer");
    expect(paymentIntent).not.toHaveProperty("metadata");
    await page.context().close();
  });

  it("names the first field that is not complete, and announces it", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    await paymentFrame(page).getByLabel("Card number").fill("4242424242424242");
    const { error } = await confirm(page);
    expect(error).toMatchObject({ type: "validation_error", code: "incomplete_expiry" });
    const expiry = paymentFrame(page).getByLabel("Expiration date");
    expect(await expiry.getAttribute("aria-invalid")).toBe("true");
    const message = paymentFrame(page).locator(`#${await expiry.getAttribute("aria-describedby")}`);
    expect(await message.textContent()).toBe(error?.message);
    expect(await message.getAttribute("role")).toBe("alert");
    expect(await expiry.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it("resolves declines with the error, its code and the intent, and pays with another card", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    await typeCard(page, "4000000000009995");
    const { error } = await confirm(page);
    expect(error).toMatchObject({
      type: "card_error",
      code: "card_declined",
      decline_code: "insufficient_funds",
      message: "Your card has insufficient funds.",
      payment_intent: { status: "requires_payment_method" },
    });
    expect(error?.doc_url).toMatch(/^https:\/\//);
    expect(error?.charge).toMatch(/^ch_/);
    await typeCard(page, "5555555555554444");
    expect((await confirm(page)).paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });

  it("resolves a lost connection, and says so when the form cannot be loaded", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    await typeCard(page, "4242424242424242");
    await page.context().setOffline(true);
    expect((await confirm(page)).error).toMatchObject({ type: "api_connection_error" });
    await page.context().setOffline(false);
    expect((await confirm(page)).paymentIntent?.status).toBe("succeeded");
    await page.context().close();

    const wrong = await merchant.open(browser);
    await wrong.evaluate(() => {
      window.elements = window.stripe.elements({ clientSecret: "pi_gone_secret_gone" });
      window.place(window.elements.create("payment"), "#payment");
    });
    expect(await said(wrong, "loaderror")).toMatchObject({
      elementType: "payment",
      error: { type: "invalid_request_error", code: "resource_missing" },
    });
    await wrong.context().close();
  });

  it("follows an intent that the server changed, and changes its look and language while it is open", async () => {
    const secret = await secretOf();
    const page = await openPayment({ clientSecret: secret });
    await paymentFrame(page).getByLabel("Card number").fill("4242");
    await merchant.stripe.paymentIntents.update(secret.split("_secret_")[0] ?? "", { amount: 2000 });
    expect(await page.evaluate(() => window.elements.fetchUpdates())).toEqual({});
    await page.evaluate(() => window.elements.update({ locale: "de", appearance: { theme: "night" } }));
    const number = paymentFrame(page).getByLabel("Kartennummer");
    await number.waitFor();
    expect(await number.inputValue()).toBe("4242");
    expect(await number.evaluate((input) => getComputedStyle(input).backgroundColor)).toBe("rgb(48, 49, 61)");
    await page.evaluate(() =>
      window.elements.update({
        appearance: {
          variables: { colorBackground: "#102030" },
          rules: { ".Input": { borderRadius: "11px" } },
        },
      }),
    );
    await expect
      .poll(() => number.evaluate((input) => getComputedStyle(input).backgroundColor))
      .toBe("rgb(16, 32, 48)");
    expect(await number.evaluate((input) => getComputedStyle(input).borderRadius)).toBe("11px");
    await page.context().close();
  });
});

describe("details that the form does not ask for", () => {
  it("have to come from the page", async () => {
    const fields = { billingDetails: { name: "never", address: { postalCode: "never" } } };
    const page = await openPayment({ clientSecret: await secretOf() }, { fields });
    await typeCard(page, "4242424242424242");
    expect(await paymentFrame(page).getByLabel("ZIP code").isVisible()).toBe(false);
    const pay = (billing_details: object) =>
      confirm(page, { redirect: "if_required", confirmParams: { payment_method_data: { billing_details } } });
    await expect(pay({ name: "Ada" })).rejects.toThrow(
      /"never" for fields.billing_details.address.postal_code/,
    );
    await expect(pay({})).rejects.toThrow(/"never" for fields.billing_details.name/);
    const { paymentIntent } = await pay({ name: "Ada", address: { postal_code: "94107" } });
    expect(paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });
});

describe("3-D Secure", () => {
  it.each([
    ["Complete authentication", { paymentIntent: { status: "succeeded" } }],
    [
      "Fail authentication",
      {
        error: {
          type: "invalid_request_error",
          code: "payment_intent_authentication_failure",
          payment_intent: { status: "requires_payment_method" },
        },
      },
    ],
  ])("is asked in a dialog: %s", async (answer, outcome) => {
    const page = await openPayment({ clientSecret: await secretOf() });
    await typeCard(page, "4000002760003184");
    const pending = confirm(page);
    await challenge(page).getByRole("button", { name: answer }).click();
    expect(await pending).toMatchObject(outcome);
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await page.context().close();
  });

  it.each(["the close button", "Escape in the challenge", "Escape on the page"])(
    "counts as failed after %s, and the next card pays",
    async (way) => {
      const page = await openPayment({ clientSecret: await secretOf() });
      await typeCard(page, "4000002760003184");
      const pending = confirm(page);
      const complete = challenge(page).getByRole("button", { name: "Complete authentication" });
      await complete.waitFor();
      if (way === "the close button")
        await page.getByRole("button", { name: "Cancel authentication" }).click();
      else if (way === "Escape in the challenge") await complete.press("Escape");
      else {
        await page.getByRole("button", { name: "Cancel authentication" }).focus();
        await page.keyboard.press("Escape");
      }
      expect(await pending).toMatchObject({ error: { code: "payment_intent_authentication_failure" } });
      await typeCard(page, "4242424242424242");
      expect((await confirm(page)).paymentIntent?.status).toBe("succeeded");
      await page.context().close();
    },
  );

  it("is passed without a question by a frictionless card, and may still end in a decline", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    await typeCard(page, "4000000032200000");
    expect((await confirm(page)).paymentIntent?.status).toBe("succeeded");
    await page.context().close();
    const broke = await openPayment({ clientSecret: await secretOf() });
    await typeCard(broke, "4000008260003178");
    const pending = confirm(broke);
    await challenge(broke).getByRole("button", { name: "Complete authentication" }).click();
    expect(await pending).toMatchObject({
      error: { type: "card_error", decline_code: "insufficient_funds" },
    });
    await broke.context().close();
  });
});

describe("redirects", () => {
  const back = (page: Page) => new URL(page.url()).searchParams;

  it("leaves the page when it is to redirect always, with what the next page needs", async () => {
    const secret = await secretOf();
    const page = await openPayment({ clientSecret: secret });
    await typeCard(page, "4242424242424242");
    const done = `${merchant.url}/done?order=7`;
    await Promise.all([
      page.waitForURL("**/done**"),
      confirm(page, { confirmParams: { return_url: done } }).catch(() => undefined),
    ]);
    const params = back(page);
    expect(Object.fromEntries(params)).toEqual({
      order: "7",
      payment_intent: secret.split("_secret_")[0],
      payment_intent_client_secret: secret,
      redirect_status: "succeeded",
    });
    const found = await page.evaluate(
      (given) => window.stripe.retrievePaymentIntent(given),
      params.get("payment_intent_client_secret") ?? "",
    );
    expect(found.paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });

  it("stays and resolves when the card is declined, also when it is to redirect always", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    await typeCard(page, "4000000000000002");
    const { error } = await confirm(page, { confirmParams: { return_url: `${merchant.url}/done` } });
    expect(error?.code).toBe("card_declined");
    expect(new URL(page.url()).pathname).toBe("/");
    await page.context().close();
  });

  it("needs an absolute return_url unless it only redirects if required", async () => {
    const page = await openPayment({ clientSecret: await secretOf() });
    const failure = (params: object) =>
      page.evaluate(
        (given) =>
          window.failureOf(() =>
            window.stripe.confirmPayment({ elements: window.elements, ...given } as never),
          ),
        params,
      );
    expect(await failure({})).toMatch(/^IntegrationError: .*return_url is required/);
    expect(await failure({ confirmParams: { return_url: "/done" } })).toMatch(/absolute URL/);
    expect(await failure({ redirect: "never", confirmParams: {} })).toMatch(/redirect must be/);
    await page.context().close();
  });

  it.each([
    ["Complete authentication", "succeeded"],
    ["Fail authentication", "failed"],
  ])("goes to the bank's own page and back when the server confirmed: %s", async (answer, status) => {
    const intent = await merchant.stripe.paymentIntents.create({
      amount: 1099,
      currency: "usd",
      payment_method: "pm_card_authenticationRequired",
      confirm: true,
      return_url: `${merchant.url}/done`,
    });
    expect(intent.next_action?.type).toBe("redirect_to_url");
    const page = await merchant.open(browser);
    const secret = intent.client_secret ?? "";
    await Promise.all([
      page.waitForURL("**/_sandbox/3ds/**"),
      page
        .evaluate((clientSecret) => window.stripe.handleNextAction({ clientSecret }), secret)
        .catch(() => undefined),
    ]);
    await page.getByRole("button", { name: answer }).click();
    await page.waitForURL("**/done**");
    expect(back(page).get("redirect_status")).toBe(status);
    expect(back(page).get("payment_intent_client_secret")).toBe(secret);
    await page.context().close();
  });

  it("returns from the bank's page also for a connected account, after a payment in its own name", async () => {
    const { stripe } = merchant;
    const { id: stripeAccount } = await stripe.accounts.create({
      country: "US",
      email: "seller@shop.example",
      controller: {
        fees: { payer: "application" },
        losses: { payments: "application" },
        stripe_dashboard: { type: "express" },
      },
      capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
    });
    const link = await stripe.accountLinks.create({
      account: stripeAccount,
      type: "account_onboarding",
      refresh_url: `${merchant.url}/again`,
      return_url: `${merchant.url}/done`,
    });
    await fetch(link.url);
    await fetch(link.url, { method: "POST", redirect: "manual" });
    const intent = await stripe.paymentIntents.create(
      {
        amount: 1099,
        currency: "usd",
        payment_method: "pm_card_authenticationRequired",
        confirm: true,
        return_url: `${merchant.url}/done`,
      },
      { stripeAccount },
    );
    const page = await merchant.open(browser);
    await page.goto(intent.next_action?.redirect_to_url?.url ?? "");
    await page.getByText("$10.99").waitFor();
    await page.getByRole("button", { name: "Complete authentication" }).click();
    await page.waitForURL("**/done**");
    expect(back(page).get("redirect_status")).toBe("succeeded");
    const found = await page.evaluate(
      ([account, secret]) => {
        const inside = window.Stripe?.("pk_test_farebox", { stripeAccount: account });
        return inside?.retrievePaymentIntent(secret);
      },
      [stripeAccount, intent.client_secret ?? ""] as const,
    );
    expect(found?.paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });
});
