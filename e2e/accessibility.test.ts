import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "./chromium";
import { createStaff, findDrift, giveUp, signInStaff } from "./console";
import { fillCard, newPerson, openCheckout, pay, planIsActive, signUp } from "./dashboard";
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

interface AxeResult {
  violations: { id: string; nodes: { target: unknown }[] }[];
}

async function expectAccessible(page: Page, screen: string) {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${screen} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
      const { violations } = (await page.evaluate(
        `${axe.source}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] })`,
      )) as AxeResult;
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`,
      );
      expect(found, `${screen}, ${scheme}, ${width} px`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const heading = (page: Page, name: string | RegExp, level = 1) =>
  page.getByRole("heading", { level, name }).first().waitFor();

/** Cards, details, members and the ways in, with their dialogs. */
async function accountScreens(page: Page) {
  const open = async (path: string, name: string) => {
    await page.goto(`${stack.dashboardUrl}${path}`);
    await heading(page, name);
  };
  await open("/payment-methods", "Payment methods");
  await page.getByRole("button", { name: /^Remove/ }).waitFor();
  await expectAccessible(page, "payment methods");
  await page.getByRole("button", { name: /^Remove/ }).click();
  await page.getByRole("dialog").waitFor();
  await expectAccessible(page, "a card that stays");
  await open("/payment-methods/add", "Add a card");
  await page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel("Card number").waitFor();
  await expectAccessible(page, "add a card");
  await open("/billing-details", "Billing details");
  await page.getByLabel("City").fill("Berlin");
  await page.getByRole("button", { name: "Save the details" }).click();
  await page.getByText("Choose a country.").waitFor();
  await expectAccessible(page, "billing details with errors");
  await page.getByRole("button", { name: "Add a tax number" }).click();
  await page.getByRole("dialog").waitFor();
  await expectAccessible(page, "add a tax number");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close the account" }).click();
  await page.getByRole("alertdialog").waitFor();
  await expectAccessible(page, "close the account");
  await open("/members", "Members");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await expectAccessible(page, "invite somebody");
  await page.getByLabel("Email").fill("guest@company.example");
  await page.getByRole("button", { name: "Make the invitation" }).click();
  const link = await page.getByRole("textbox", { name: "Invitation link" }).inputValue();
  await expectAccessible(page, "the link of an invitation");
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("guest@company.example").first().waitFor();
  await expectAccessible(page, "members");
  await open("/more", "More");
  await expectAccessible(page, "more");
  await page.goto(link);
  await heading(page, /^Join/);
  await page.getByRole("button", { name: "Sign out and go on" }).waitFor();
  await expectAccessible(page, "join an account");
}

describe("WCAG 2.2 AA, in both themes, wide and narrow", () => {
  it("holds on the dashboard and the console", async () => {
    // axe is injected as text, which the pages' own policy rightly refuses.
    const context = await browser.newContext({ locale: "en-US", bypassCSP: true });
    const page = await context.newPage();
    pictureIfFailed(page);
    const person = newPerson("Noor");
    await page.goto(`${stack.dashboardUrl}/sign-in`);
    await heading(page, /sign in/i);
    await expectAccessible(page, "sign-in");
    await signUp(page, stack, person);
    await expectAccessible(page, "plans");
    await openCheckout(page, "Growth");
    await page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel("Card number").waitFor();
    await expectAccessible(page, "checkout");
    await fillCard(page, "4242424242424242");
    await pay(page);
    await planIsActive(page);
    await expectAccessible(page, "plan started");
    await page.goto(stack.dashboardUrl);
    await heading(page, "Overview");
    await page.getByText("Growth").first().waitFor();
    await expectAccessible(page, "overview");
    await page.goto(`${stack.dashboardUrl}/invoices`);
    await page.getByRole("table").getByRole("link").first().click();
    await heading(page, /invoice/i);
    await page.getByRole("button", { name: /^Explain this charge/ }).click();
    await expectAccessible(page, "invoice, explained");
    await page.goto(`${stack.dashboardUrl}/invoices?status=void`);
    await page.getByText("No invoice matches these filters").waitFor();
    await expectAccessible(page, "invoices, none match");
    await page.goto(`${stack.dashboardUrl}/invoices`);
    await page.getByRole("table").waitFor();
    await expectAccessible(page, "invoices");

    const staff = await context.newPage();
    await signInStaff(staff, stack, await createStaff(stack, "support"));
    await staff.getByRole("link", { name: person.company }).waitFor();
    await expectAccessible(staff, "customers");
    await staff.getByRole("link", { name: person.company }).click();
    await heading(staff, person.company);
    await expectAccessible(staff, "customer");
    await staff.getByRole("link", { name: "Invoices" }).click();
    await staff.getByRole("table").getByRole("link").first().click();
    await staff.getByRole("button", { name: "Refund" }).click();
    await staff.getByRole("dialog").waitFor();
    await expectAccessible(staff, "refund dialog");
    await context.close();
  });

  it("holds on cards, billing details, members and the way in by an invitation", async () => {
    const context = await browser.newContext({ locale: "en-US", bypassCSP: true });
    const page = await context.newPage();
    pictureIfFailed(page);
    await signUp(page, stack, newPerson("Nele"));
    await openCheckout(page, "Growth");
    await fillCard(page, "4242424242424242");
    await pay(page);
    await planIsActive(page);
    await accountScreens(page);
    await context.close();
  });

  it("holds on webhook events and drift, with something given up and something that differs", async () => {
    const context = await browser.newContext({ locale: "en-US", bypassCSP: true });
    const staff = await context.newPage();
    pictureIfFailed(staff);
    await signInStaff(staff, stack, await createStaff(stack, "support"));
    await staff.goto(`${stack.adminUrl}/webhooks`);
    await staff.getByRole("row").filter({ hasText: "evt_" }).first().press("Enter");
    await staff.getByRole("heading", { name: "Body as it was signed" }).waitFor();
    await expectAccessible(staff, "webhook event");
    await staff.keyboard.press("Escape");
    await expectAccessible(staff, "webhook events");
    await giveUp(stack.pool);
    await staff.getByRole("link", { name: "Given up" }).click();
    await staff.getByRole("link", { name: "Not mappable" }).waitFor();
    await expectAccessible(staff, "given up");
    await findDrift(stack.pool);
    await staff.goto(`${stack.adminUrl}/drift`);
    await staff.getByRole("row").filter({ hasText: "in_1" }).press("Enter");
    await staff.getByRole("dialog").waitFor();
    await expectAccessible(staff, "difference");
    await staff.keyboard.press("Escape");
    await expectAccessible(staff, "drift");
    await context.close();
  });
});
