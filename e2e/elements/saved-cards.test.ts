import type { Browser, Page } from "playwright-core";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { type Merchant, paymentFrame, said, startMerchant, typeCard } from "./merchant";

let merchant: Merchant;
let browser: Browser;

beforeAll(async () => {
  [merchant, browser] = await Promise.all([startMerchant(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await merchant?.close();
});

type Features = Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features;

const everything: Features = {
  payment_method_redisplay: "enabled",
  payment_method_save: "enabled",
  payment_method_save_usage: "off_session",
  payment_method_remove: "enabled",
};

interface Visit {
  page: Page;
  customer: string;
  visa: string;
  mastercard: string;
  hidden: string;
}

async function card(customer: string, token: string, allow_redisplay: "always" | "limited") {
  const { id } = await merchant.stripe.paymentMethods.attach(token, { customer });
  return (await merchant.stripe.paymentMethods.update(id, { allow_redisplay })).id;
}

async function visit(features: Features = everything, options: object = {}): Promise<Visit> {
  const { stripe } = merchant;
  const customer = (await stripe.customers.create({ name: "Ada" })).id;
  const mastercard = await card(customer, "pm_card_mastercard", "always");
  const visa = await card(customer, "pm_card_visa", "always");
  const hidden = await card(customer, "pm_card_amex", "limited");
  const page = await open(customer, features, options);
  return { page, customer, visa, mastercard, hidden };
}

async function open(
  customer: string,
  features: Features = everything,
  options: object = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Page> {
  const { stripe } = merchant;
  const session = await stripe.customerSessions.create({
    customer,
    components: { payment_element: { enabled: true, features } },
  });
  const intent = await stripe.paymentIntents.create({ amount: 1099, currency: "usd", customer });
  const page = await merchant.open(browser);
  await prepare(page);
  await page.evaluate(
    ([clientSecret, customerSessionClientSecret, more]) => {
      const source = (more as { mode?: string }).mode ? {} : { clientSecret };
      window.elements = window.stripe.elements({ ...source, customerSessionClientSecret, ...more } as never);
      window.place(window.elements.create("payment"), "#payment");
    },
    [intent.client_secret, session.client_secret, options] as const,
  );
  await said(page, "ready");
  return page;
}

const confirm = (page: Page) =>
  page.evaluate(() => window.stripe.confirmPayment({ elements: window.elements, redirect: "if_required" }));

describe("a customer who is known", () => {
  it("pays with the saved card that is chosen, without typing", async () => {
    const { page, visa, mastercard, hidden } = await visit();
    const frame = paymentFrame(page);
    const radios = frame.getByRole("radio");
    expect(await radios.count()).toBe(3);
    expect(await frame.getByRole("radio", { name: /Visa •••• 4242 Expires 12/ }).isChecked()).toBe(true);
    expect(await page.evaluate((id) => document.body.textContent?.includes(id), hidden)).toBe(false);
    await expect
      .poll(() => said(page, "change"))
      .toMatchObject({
        complete: true,
        empty: false,
        value: { type: "card", payment_method: { id: visa, type: "card" } },
      });
    await radios.first().focus();
    await page.keyboard.press("ArrowDown");
    await expect
      .poll(() => said(page, "change"))
      .toMatchObject({ value: { payment_method: { id: mastercard } } });
    const { paymentIntent } = await confirm(page);
    expect(paymentIntent).toMatchObject({ status: "succeeded", payment_method: mastercard });
    await page.context().close();
  });

  it("types a new card, keeps it, and finds it next time", async () => {
    const { page, customer } = await visit();
    const frame = paymentFrame(page);
    expect(await frame.getByLabel("Card number").isVisible()).toBe(false);
    await frame.getByText("New card").click();
    await typeCard(page, "6011111111111117");
    await frame.getByRole("checkbox", { name: /^Save my card with Farebox Sandbox/ }).check();
    await expect
      .poll(() => said(page, "change"))
      .toMatchObject({ complete: true, value: { savePaymentMethod: true } });
    const { paymentIntent } = await confirm(page);
    expect(paymentIntent).toMatchObject({ status: "succeeded", setup_future_usage: "off_session" });
    const { data } = await merchant.stripe.paymentMethods.list({ customer });
    expect(data[0]).toMatchObject({ allow_redisplay: "always", card: { last4: "1117" } });
    await page.context().close();
    const again = await open(customer);
    await paymentFrame(again)
      .getByRole("radio", { name: /Discover •••• 1117/ })
      .waitFor();
    await again.context().close();
  });

  it("types a new card that is not kept", async () => {
    const { page, customer } = await visit();
    await paymentFrame(page).getByText("New card").click();
    await typeCard(page, "6011111111111117");
    const { paymentIntent } = await confirm(page);
    expect(paymentIntent?.status).toBe("succeeded");
    const method = await merchant.stripe.paymentMethods.retrieve(String(paymentIntent?.payment_method));
    expect(method).toMatchObject({ allow_redisplay: "unspecified", customer: null });
    expect((await merchant.stripe.paymentMethods.list({ customer })).data).toHaveLength(3);
    await page.context().close();
  });

  it("removes a saved card after being asked, with the keyboard, and hears of it", async () => {
    const { page, customer, visa, mastercard } = await visit();
    const frame = paymentFrame(page);
    await frame.getByRole("button", { name: "Remove Visa •••• 4242" }).press("Enter");
    await page.keyboard.press("Enter");
    await frame.getByRole("button", { name: "Remove Visa •••• 4242" }).press("Enter");
    await frame.getByRole("button", { name: "Remove Visa •••• 4242" }).press("Enter");
    expect(await said(page, "savedpaymentmethodremove")).toMatchObject({
      elementType: "payment",
      success: true,
      payment_method: { id: visa, type: "card", billing_details: { email: null } },
    });
    await expect.poll(() => frame.getByRole("status").textContent()).toBe("Visa •••• 4242 was removed.");
    const next = frame.getByRole("radio", { name: /Mastercard/ });
    expect(await next.evaluate((radio) => radio === document.activeElement)).toBe(true);
    await expect
      .poll(() => said(page, "change"))
      .toMatchObject({ value: { payment_method: { id: mastercard } } });
    const left = await merchant.stripe.paymentMethods.list({ customer });
    expect(left.data.map(({ id }) => id)).not.toContain(visa);
    // Drawn anew in another language it does not come back.
    await page.evaluate(() => window.elements.update({ locale: "de" }));
    await frame.getByText("Neue Karte").waitFor();
    expect(await frame.getByRole("radio").count()).toBe(2);
    await page.context().close();
  });

  it("says why a card could not be removed", async () => {
    const { page, visa } = await visit();
    await merchant.stripe.paymentMethods.detach(visa);
    const frame = paymentFrame(page);
    await frame.getByRole("button", { name: "Remove Visa •••• 4242" }).click();
    await frame.getByRole("button", { name: "Remove Visa •••• 4242" }).click();
    expect(await said(page, "savedpaymentmethodremove")).toMatchObject({ success: false });
    await frame.getByRole("alert").filter({ hasText: "No such PaymentMethod" }).waitFor();
    await page.context().close();
  });

  it("is told of the saved card also when the session comes after the form", async () => {
    const customer = (await merchant.stripe.customers.create()).id;
    const visa = await card(customer, "pm_card_visa", "always");
    const page = await open(customer, everything, {}, (opened) =>
      opened.route("**/_sandbox/elements/session*", async (route) => {
        await paymentFrame(opened).getByLabel("Card number").waitFor();
        await route.continue();
      }),
    );
    await expect
      .poll(() => said(page, "change"))
      .toMatchObject({ complete: true, value: { payment_method: { id: visa } } });
    await page.context().close();
  });

  it("sees only what the session allows", async () => {
    const { page, hidden } = await visit({
      payment_method_redisplay: "enabled",
      payment_method_allow_redisplay_filters: ["limited"],
    });
    const frame = paymentFrame(page);
    expect(await frame.getByRole("radio").count()).toBe(2);
    await expect
      .poll(() => said(page, "change"))
      .toMatchObject({ value: { payment_method: { id: hidden } } });
    expect(await frame.getByRole("button").count()).toBe(0);
    expect(await frame.getByRole("checkbox").count()).toBe(0);
    await page.context().close();
    const nothing = await visit({ payment_method_redisplay: "disabled" });
    await paymentFrame(nothing.page).getByLabel("Card number").waitFor();
    expect(await paymentFrame(nothing.page).getByRole("radio").count()).toBe(0);
    await nothing.page.context().close();
  });

  it("makes a confirmation token of a saved card, which pays on the server", async () => {
    const { page, customer, visa } = await visit(everything, {
      mode: "payment",
      amount: 500,
      currency: "usd",
    });
    const { confirmationToken, error } = await page.evaluate(async () => {
      await window.elements.submit();
      return window.stripe.createConfirmationToken({ elements: window.elements });
    });
    expect(error).toBeUndefined();
    expect(confirmationToken?.payment_method_preview).toMatchObject({
      type: "card",
      card: { last4: "4242" },
    });
    const paid = await merchant.stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer,
      confirm: true,
      confirmation_token: confirmationToken?.id ?? "",
      return_url: "https://shop.example/done",
    });
    expect(paid).toMatchObject({ status: "succeeded", payment_method: visa });
    await page.context().close();
  });

  it("refuses a session of another customer", async () => {
    const { stripe } = merchant;
    const [one, other] = await Promise.all([stripe.customers.create(), stripe.customers.create()]);
    const session = await stripe.customerSessions.create({
      customer: other.id,
      components: { payment_element: { enabled: true } },
    });
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: "usd", customer: one.id });
    const page = await merchant.open(browser);
    await page.evaluate(
      ([clientSecret, customerSessionClientSecret]) => {
        window.elements = window.stripe.elements({ clientSecret, customerSessionClientSecret } as never);
        window.place(window.elements.create("payment"), "#payment");
      },
      [intent.client_secret, session.client_secret] as const,
    );
    expect(await said(page, "loaderror")).toMatchObject({
      error: { type: "invalid_request_error", param: "customer_session_client_secret" },
    });
    await page.context().close();
  });
});
