import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "./chromium";
import { createStaff, signInStaff } from "./console";
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
    await expectAccessible(page, "invoice");

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
});
