import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { challenge, type Merchant, paymentFrame, said, startMerchant } from "./merchant";

let merchant: Merchant;
let browser: Browser;

beforeAll(async () => {
  [merchant, browser] = await Promise.all([startMerchant(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await merchant?.close();
});

const frameOf = (page: Page, title: string) => page.frameLocator(`iframe[title="${title}"]`);
const number = (page: Page) => frameOf(page, "Secure card number input frame").getByLabel("Card number");
const expiry = (page: Page) =>
  frameOf(page, "Secure expiration date input frame").getByLabel("Expiration date");
const cvc = (page: Page) => frameOf(page, "Secure CVC input frame").getByLabel("Security code");

async function openParts(): Promise<Page> {
  const page = await merchant.open(browser);
  await page.evaluate(() => {
    window.elements = window.stripe.elements();
    window.place(window.elements.create("cardNumber", { showIcon: true }), "#number");
    window.place(
      window.elements.create("cardExpiry", { style: { base: { color: "rgb(1, 2, 3)" } } }),
      "#expiry",
    );
    window.place(window.elements.create("cardCvc", { placeholder: "Code" }), "#cvc");
  });
  await page.waitForFunction(() => window.seen.filter(([name]) => name === "ready").length === 3);
  return page;
}

async function typeParts(page: Page, card = "4242424242424242", code = "123") {
  await number(page).fill(card);
  await expiry(page).fill("12 / 34");
  await cvc(page).fill(code);
}

async function secretOf() {
  const intent = await merchant.stripe.paymentIntents.create({ amount: 1099, currency: "usd" });
  return intent.client_secret ?? "";
}

const confirm = (page: Page, secret: string, options: object = {}) =>
  page.evaluate(
    ([clientSecret, more]) => {
      const card = window.elements.getElement("cardNumber") ?? window.elements.getElement("card");
      return window.stripe.confirmCardPayment(
        clientSecret,
        { payment_method: { card: card as never, billing_details: { name: "Ada" } } },
        more,
      );
    },
    [secret, options] as const,
  );

const changesOf = (page: Page, type: string) =>
  page.evaluate(
    (wanted) =>
      window.seen.findLast(([name, event]) => name === "change" && event.elementType === wanted)?.[1],
    type,
  );

describe("card number, date and code in frames of their own", () => {
  it("hand the focus on while typing, and pay as one card", async () => {
    const page = await openParts();
    await number(page).click();
    await page.keyboard.type("4242424242424242");
    await expect.poll(() => expiry(page).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type("1234");
    await expect.poll(() => cvc(page).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type("123");
    await expect.poll(() => changesOf(page, "cardCvc")).toMatchObject({ empty: false, complete: true });
    expect(await changesOf(page, "cardNumber")).toMatchObject({ complete: true, brand: "visa" });
    expect(await changesOf(page, "cardExpiry")).not.toHaveProperty("brand");
    const { paymentIntent } = await confirm(page, await secretOf());
    expect(paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });

  it("wants four digits of code once the number is one of American Express", async () => {
    const page = await openParts();
    await typeParts(page, "378282246310005", "123");
    await expect.poll(() => changesOf(page, "cardCvc")).toMatchObject({ complete: false });
    expect((await confirm(page, await secretOf())).error).toMatchObject({
      type: "validation_error",
      code: "incomplete_cvc",
    });
    await cvc(page).fill("1234");
    expect((await confirm(page, await secretOf())).paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });

  it("name the first problem, mark every field that has one, and focus the first", async () => {
    const page = await openParts();
    await number(page).fill("4242424242424241");
    const { error } = await confirm(page, await secretOf());
    expect(error).toMatchObject({ type: "validation_error", code: "invalid_number" });
    expect(await expiry(page).getAttribute("aria-invalid")).toBe("true");
    expect(await number(page).evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await page.locator("#number").getAttribute("class")).toContain("StripeElement--invalid");
    await page.context().close();
  });

  it("mark their containers and follow style, placeholder and disabled", async () => {
    const page = await openParts();
    const classes = () => page.locator("#expiry").getAttribute("class");
    expect(await classes()).toContain("StripeElement StripeElement--empty");
    await expiry(page).focus();
    await expect.poll(classes).toContain("StripeElement--focus");
    await expiry(page).fill("12 / 34");
    await expect.poll(classes).toContain("StripeElement--complete");
    expect(await classes()).not.toContain("--empty");
    expect(await expiry(page).evaluate((input) => getComputedStyle(input).color)).toBe("rgb(1, 2, 3)");
    expect(await cvc(page).getAttribute("placeholder")).toBe("Code");
    await page.evaluate(() => window.elements.getElement("cardCvc")?.update({ disabled: true }));
    await expect.poll(() => cvc(page).isDisabled()).toBe(true);
    await page.evaluate(() => window.elements.getElement("cardExpiry")?.unmount());
    expect(await page.locator("#expiry").getAttribute("class")).not.toContain("StripeElement");
    await page.context().close();
  });

  it("make tokens and payment methods, and tell where a decline belongs", async () => {
    const page = await openParts();
    await typeParts(page);
    const made = await page.evaluate(async () => {
      const card = window.elements.getElement("cardNumber");
      if (!card) throw new Error("no cardNumber");
      const { token } = await window.stripe.createToken(card, { name: "Ada", address_zip: "94107" });
      const { paymentMethod } = await window.stripe.createPaymentMethod({ type: "card", card });
      return { token, paymentMethod };
    });
    expect(made.token).toMatchObject({ card: { last4: "4242", name: "Ada", address_zip: "94107" } });
    expect(made.paymentMethod).toMatchObject({ type: "card", card: { last4: "4242", exp_year: 2034 } });
    const byToken = await page.evaluate(
      ([secret, token]) => window.stripe.confirmCardPayment(secret, { payment_method: { card: { token } } }),
      [await secretOf(), made.token?.id ?? ""] as const,
    );
    expect(byToken.paymentIntent?.status).toBe("succeeded");

    await typeParts(page, "4000000000000127");
    const { error } = await confirm(page, await secretOf());
    expect(error).toMatchObject({ type: "card_error", code: "incorrect_cvc" });
    expect(await cvc(page).getAttribute("aria-invalid")).toBe("true");
    expect(await number(page).getAttribute("aria-invalid")).toBe("false");
    await page.context().close();
  });

  it("leave the challenge to the page that asks for it", async () => {
    const page = await openParts();
    await typeParts(page, "4000002760003184");
    const secret = await secretOf();
    const waiting = await confirm(page, secret, { handleActions: false });
    expect(waiting.paymentIntent?.status).toBe("requires_action");
    const pending = page.evaluate((given) => window.stripe.handleCardAction(given), secret);
    await challenge(page).getByRole("button", { name: "Complete authentication" }).click();
    expect((await pending).paymentIntent?.status).toBe("succeeded");
    const late = await page.evaluate(
      (clientSecret) => window.stripe.handleNextAction({ clientSecret }),
      secret,
    );
    expect(late).toMatchObject({
      error: { type: "invalid_request_error", code: "payment_intent_unexpected_state" },
    });
    await page.context().close();
  });
});

describe("the card element in one line", () => {
  it("reports the postal code, pays and sets up a card", async () => {
    const page = await merchant.open(browser);
    await page.evaluate(() => {
      window.elements = window.stripe.elements();
      window.place(window.elements.create("card"), "#number");
    });
    await said(page, "ready");
    const frame = paymentFrame(page);
    await frame.getByLabel("Card number").click();
    await page.keyboard.type("4242424242424242");
    await page.keyboard.type("1234");
    await page.keyboard.type("123");
    await frame.getByLabel("ZIP code").fill("94107");
    await expect
      .poll(() => changesOf(page, "card"))
      .toEqual({
        elementType: "card",
        empty: false,
        complete: true,
        error: undefined,
        value: { postalCode: "94107" },
        brand: "visa",
      });
    expect((await confirm(page, await secretOf())).paymentIntent?.status).toBe("succeeded");
    const { client_secret: secret } = await merchant.stripe.setupIntents.create();
    const setup = await page.evaluate((given) => {
      const card = window.elements.getElement("card");
      return window.stripe.confirmCardSetup(given, { payment_method: { card: card as never } });
    }, secret ?? "");
    expect(setup.setupIntent?.status).toBe("succeeded");
    await page.context().close();
  });
});

describe("mistakes of the page", () => {
  it.each([
    ["expressCheckout", /does not model the expressCheckout Element/],
    ["linkAuthentication", /does not model the linkAuthentication Element/],
    ["cardHolder", /A valid Element name must be provided/],
    ["address", /needs the option mode/],
    ["payment", /you must pass a clientSecret or mode/],
  ])("are thrown: an element of the type %s", async (type, message) => {
    const page = await merchant.open(browser);
    const failure = await page.evaluate(
      (given) => window.failureOf(() => window.stripe.elements().create(given as "card")),
      type,
    );
    expect(failure).toMatch(/^IntegrationError: /);
    expect(failure).toMatch(message);
    await page.context().close();
  });

  it("are thrown: two of a kind, a field that is not a card, what is not modelled", async () => {
    const page = await openParts();
    const failures = await page.evaluate(() => {
      const { stripe, elements, failureOf } = window;
      const part = elements.getElement("cardCvc") as never;
      return Promise.all([
        failureOf(() => elements.create("cardNumber")),
        failureOf(() => stripe.createToken(part)),
        failureOf(() => stripe.createToken("cvc_update", part)),
        failureOf(() => stripe.confirmCardPayment("seti_1_secret_2")),
        failureOf(() => stripe.initCheckoutElementsSdk({ clientSecret: "cs_1" })),
        failureOf(() => elements.fetchUpdates()),
        failureOf(() => elements.getElement("cardNumber")?.mount("#nowhere")),
      ]);
    });
    const said = [/only create one/, /needs a card/, /makes no tokens/, /payment_intent/, /does not model/];
    for (const [at, message] of [...said, /clientSecret/, /applies to no DOM elements/].entries()) {
      expect(failures[at]).toMatch(/^IntegrationError: /);
      expect(failures[at]).toMatch(message);
    }
    await page.context().close();
  });
});
