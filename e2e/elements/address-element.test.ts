import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { type Merchant, said, startMerchant, typeCard } from "./merchant";

let merchant: Merchant;
let browser: Browser;

beforeAll(async () => {
  [merchant, browser] = await Promise.all([startMerchant(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await merchant?.close();
});

const frame = (page: Page) => page.frameLocator('iframe[title="Secure address input frame"]');

async function open(address: object, withPayment = false): Promise<{ page: Page; intent: string }> {
  const intent = await merchant.stripe.paymentIntents.create({ amount: 1099, currency: "usd" });
  const page = await merchant.open(browser);
  await page.evaluate(
    ([clientSecret, options, both]) => {
      window.elements = window.stripe.elements({ clientSecret });
      window.place(window.elements.create("address", options as never), "#address");
      if (both) window.elements.create("payment").mount("#payment");
    },
    [intent.client_secret ?? "", address, withPayment] as const,
  );
  await said(page, "ready");
  return { page, intent: intent.id };
}

async function fill(page: Page) {
  await frame(page).getByLabel("Country").selectOption("DE");
  await frame(page).getByLabel("Address line 1").fill("Hauptstraße 1");
  await frame(page).getByLabel("Postal code").fill("10115");
  await frame(page).getByLabel("City").fill("Berlin");
}

const value = (page: Page) =>
  page.evaluate(() => {
    const element = window.elements.getElement("address", { mode: "billing" });
    return element?.getValue();
  });

describe("the address element", () => {
  it("reports an address that is complete, and answers it when asked", async () => {
    const { page } = await open({ mode: "shipping" });
    await frame(page).getByLabel("Full name").fill("Ada Lovelace");
    await fill(page);
    const whole = {
      name: "Ada Lovelace",
      address: {
        line1: "Hauptstraße 1",
        line2: null,
        city: "Berlin",
        state: "",
        postal_code: "10115",
        country: "DE",
      },
    };
    await expect
      .poll(() => said(page, "change"))
      .toEqual({
        elementType: "address",
        elementMode: "shipping",
        empty: false,
        complete: true,
        isNewAddress: true,
        value: whole,
      });
    expect(await value(page)).toMatchObject({ complete: true, isNewAddress: true, value: whole });
    await page.context().close();
  });

  it("asks for two names and a phone number where it is told to", async () => {
    const { page } = await open({
      mode: "billing",
      display: { name: "split" },
      fields: { phone: "always" },
      allowedCountries: ["AT", "DE"],
      defaultValues: { firstName: "Ada", lastName: "Lovelace", address: { country: "AT" } },
    });
    expect(await frame(page).getByLabel("Country").locator("option").allTextContents()).toEqual([
      "Austria",
      "Germany",
    ]);
    expect(await frame(page).getByLabel("Country").inputValue()).toBe("AT");
    await fill(page);
    expect(await value(page)).toMatchObject({ complete: false });
    const phone = frame(page).getByLabel("Phone number");
    expect(await phone.getAttribute("aria-invalid")).toBe("true");
    await phone.fill("+49 30 1234567");
    expect(await value(page)).toMatchObject({
      complete: true,
      value: { name: "Ada Lovelace", firstName: "Ada", lastName: "Lovelace", phone: "+49 30 1234567" },
    });
    await page.context().close();
  });

  it.each([
    ["billing", "Ada Lovelace"],
    ["shipping", "Grace Hopper"],
  ])("goes along with the payment as its %s address", async (mode, name) => {
    const { page, intent } = await open({ mode, fields: { phone: "always" } }, true);
    await page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel("Card number").waitFor();
    const pay = () =>
      page.evaluate(() =>
        window.stripe.confirmPayment({ elements: window.elements, redirect: "if_required" }),
      );
    await typeCard(page, "4242424242424242");
    await expect.poll(pay).toMatchObject({ error: { type: "validation_error", code: "incomplete_name" } });
    await frame(page).getByLabel("Full name").fill(name);
    await frame(page).getByLabel("Phone number").fill("030 1234567");
    await fill(page);
    expect((await pay()).paymentIntent?.status).toBe("succeeded");
    const paid = await merchant.stripe.paymentIntents.retrieve(intent, { expand: ["payment_method"] });
    const place = { city: "Berlin", line1: "Hauptstraße 1", country: "DE", postal_code: "10115" };
    const expected = { name, phone: "030 1234567", address: place };
    if (mode === "shipping") expect(paid.shipping).toMatchObject(expected);
    else expect(paid.payment_method).toMatchObject({ billing_details: expected });
    await page.context().close();
  });
});
