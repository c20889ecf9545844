import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "./chromium";
import { answerChallenge, fillCard, newPerson, openCheckout, pay, planIsActive, signUp } from "./dashboard";
import { pictureIfFailed } from "./picture";
import { type Stack, startStack } from "./stack";

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function withPerson(name: string, work: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  pictureIfFailed(page);
  await signUp(page, stack, newPerson(name));
  await work(page);
  await context.close();
}

async function openForm(page: Page) {
  await page.goto(`${stack.dashboardUrl}/payment-methods/add`);
  await page.getByRole("heading", { level: 1, name: "Add a card" }).waitFor();
}

const save = (page: Page) => page.getByRole("button", { name: /^Save the card/ }).click();
const list = (page: Page) => page.getByRole("heading", { level: 1, name: "Payment methods" }).waitFor();
const cards = (page: Page) => page.getByRole("region", { name: "Saved cards" }).getByRole("listitem");
const finishing = /paymentMethods\.finish/;
const firstCard = (page: Page) => cards(page).first().textContent();
const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

async function add(page: Page, number: string) {
  await openForm(page);
  await fillCard(page, number);
  await save(page);
  await list(page);
}

describe("saving a card", () => {
  it("shows it in the list, the first one as the default, and the same number once", async () => {
    await withPerson("Ilse", async (page) => {
      await page.goto(`${stack.dashboardUrl}/payment-methods`);
      await said(page, "No card is saved");
      await page.getByRole("link", { name: "Add a card" }).click();
      await fillCard(page, "4242424242424242");
      await save(page);
      await list(page);
      await said(page, "The card was saved.");
      expect(await cards(page).count()).toBe(1);
      expect(await firstCard(page)).toMatch(/Visa ending 4242.*Default/);
      await add(page, "4242424242424242");
      await said(page, "This card was saved already. We kept one.");
      expect(await cards(page).count()).toBe(1);
      await add(page, "5555555555554444");
      await said(page, "The card was saved.");
      expect(await cards(page).count()).toBe(2);
      await page.getByRole("button", { name: /^Make default/ }).click();
      await said(page, "Mastercard ending 4444 pays from now on.");
      expect(await firstCard(page)).toMatch(/Mastercard ending 4444.*Default/);
      await page.reload();
      expect(await firstCard(page)).toMatch(/Mastercard ending 4444.*Default/);
    });
  });

  it("says why a bank declines, and takes the next card in the same form", async () => {
    await withPerson("Dora", async (page) => {
      await openForm(page);
      await fillCard(page, "4000000000000002");
      await save(page);
      await page.getByRole("alert").filter({ hasText: /bank/i }).waitFor();
      await fillCard(page, "4242424242424242");
      await save(page);
      await list(page);
      expect(await cards(page).count()).toBe(1);
    });
  });

  it("with 3-D Secure failed saves nothing, passed saves it", async () => {
    await withPerson("Tessa", async (page) => {
      await openForm(page);
      await fillCard(page, "4000002500003155");
      await save(page);
      await answerChallenge(page, "Fail");
      await page
        .getByRole("alert")
        .filter({ hasText: /confirm/i })
        .waitFor();
      await save(page);
      await answerChallenge(page, "Complete");
      await list(page);
      await said(page, "Visa ending 3155");
    });
  });

  it("goes on after a reload in the middle: an abandoned challenge asks again, a confirmed card is kept", async () => {
    await withPerson("Rahel", async (page) => {
      await openForm(page);
      await fillCard(page, "4000002500003155");
      await save(page);
      await page.locator('iframe[title="3D Secure challenge"]').waitFor();
      await page.reload();
      await page.getByRole("button", { name: /^Save the card/ }).waitFor();
      await fillCard(page, "4242424242424242");
      await page.route(finishing, (route) => route.abort());
      await save(page);
      await said(page, "We could not look up your card.");
      await page.unroute(finishing);
      await page.reload();
      await list(page);
      await said(page, "Visa ending 4242");
      expect(await cards(page).count()).toBe(1);
    });
  });
});

describe("a card that pays a plan", () => {
  it("cannot be removed before another one pays", async () => {
    await withPerson("Greta", async (page) => {
      await openCheckout(page, "Growth");
      await fillCard(page, "4242424242424242");
      await pay(page);
      await planIsActive(page);
      await page.goto(`${stack.dashboardUrl}/payment-methods`);
      await page.getByRole("button", { name: "Remove Visa ending 4242" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(/only card for your Growth plan/).waitFor();
      await dialog.getByRole("link", { name: "Add another card" }).click();
      await fillCard(page, "5555555555554444");
      await page.getByLabel("Make it my default card").check();
      await save(page);
      await list(page);
      await page.getByRole("button", { name: "Remove Visa ending 4242" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Remove the card" }).click();
      await said(page, "Visa ending 4242 was removed.");
      expect(await cards(page).count()).toBe(1);
    });
  });
});
