import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { type Merchant, paymentFrame, said, startMerchant, typeCard } from "./merchant";
import { reactPage } from "./react-page";

let merchant: Merchant;
let browser: Browser;

beforeAll(async () => {
  const script = await reactPage();
  [merchant, browser] = await Promise.all([startMerchant({ "/react.js": script }), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await merchant?.close();
});

const problems: string[] = [];

async function open(which: string): Promise<Page> {
  const { client_secret: secret } = await merchant.stripe.paymentIntents.create({
    amount: 1099,
    currency: "usd",
  });
  const page = await merchant.open(browser);
  problems.length = 0;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${merchant.url}/react?which=${which}&secret=${secret}`);
  await said(page, "ready");
  return page;
}

async function buys(page: Page) {
  await page.getByRole("button", { name: "Buy" }).click();
  await page.getByRole("status").filter({ hasText: "succeeded" }).waitFor();
  expect(problems).toEqual([]);
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByText("Closed").waitFor();
  await expect.poll(() => page.locator("iframe").count()).toBe(0);
  expect(problems).toEqual([]);
  await page.context().close();
}

async function typeParts(page: Page) {
  const frame = (title: string) => page.frameLocator(`iframe[title="${title}"]`);
  await frame("Secure card number input frame").getByLabel("Card number").fill("4242424242424242");
  await frame("Secure expiration date input frame").getByLabel("Expiration date").fill("12 / 34");
  await frame("Secure CVC input frame").getByLabel("Security code").fill("123");
}

describe("the unmodified wrapper for React, in strict mode", () => {
  it("shows, dresses and closes the payment element", async () => {
    const page = await open("payment");
    expect(await said(page, "ready")).toEqual({ detail: "function" });
    await typeCard(page, "4242424242424242");
    await page.getByRole("button", { name: "Dark" }).click();
    const number = paymentFrame(page).getByLabel("Card number");
    await expect
      .poll(() => number.evaluate((input) => getComputedStyle(input).backgroundColor))
      .toBe("rgb(48, 49, 61)");
    expect(await number.inputValue()).toBe("4242 4242 4242 4242");
    await expect.poll(() => said(page, "change")).toMatchObject({ elementType: "payment", complete: true });
    await buys(page);
  });

  it("shows the address element beside it", async () => {
    const page = await open("address");
    const frame = page.frameLocator('iframe[title="Secure address input frame"]');
    await frame.getByLabel("Full name").fill("Ada");
    await frame.getByLabel("Country").selectOption("DE");
    await frame.getByLabel("Address line 1").fill("Hauptstraße 1");
    await frame.getByLabel("Postal code").fill("10115");
    await frame.getByLabel("City").fill("Berlin");
    await expect.poll(() => said(page, "change")).toMatchObject({ elementType: "address", complete: true });
    await typeCard(page, "4242424242424242");
    await buys(page);
  });

  it("shows the card element", async () => {
    const page = await open("card");
    await typeCard(page, "4242424242424242");
    await buys(page);
  });

  it("shows number, date and code apart", async () => {
    const page = await open("parts");
    await page.waitForFunction(() => window.seen.filter(([name]) => name === "ready").length >= 2);
    await typeParts(page);
    await buys(page);
  });
});
