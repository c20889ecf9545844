import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { launchChromium } from "./chromium";
import { createStaff, giveUp, signInStaff } from "./console";
import { fillCard, newPerson, openCheckout, pay, planIsActive, signUp } from "./dashboard";
import { pictureIfFailed } from "./picture";
import { type Stack, startStack } from "./stack";
import { waitFor } from "./wait-for";

let stack: Stack;
let browser: Browser;
let page: Page;
let invoiceId: string;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
  const customer = await (await browser.newContext({ locale: "en-US" })).newPage();
  await signUp(customer, stack, newPerson("Mara"));
  await openCheckout(customer, "Growth");
  await fillCard(customer, "4242424242424242");
  await pay(customer);
  await planIsActive(customer);
  await applied();
  invoiceId = (await stack.pool.query("SELECT id FROM invoice LIMIT 1")).rows[0].id;
  page = await (await browser.newContext({ locale: "en-US" })).newPage();
  await signInStaff(page, stack, await createStaff(stack, "admin"));
});
beforeEach(() => pictureIfFailed(page));
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Until all is applied; without the second look a minute later, which would undo what these tests change by hand. */
async function applied() {
  const waiting = "SELECT 1 FROM dirty_object WHERE done_seq < dirty_seq";
  await waitFor("everything to be applied", async () => (await stack.pool.query(waiting)).rowCount === 0);
  await stack.pool.query("UPDATE dirty_object SET due_at = NULL");
}
const changeByHand = (number: string) =>
  stack.pool.query("UPDATE invoice SET number = $1 WHERE id = $2", [number, invoiceId]);
const numberNow = async () =>
  (await stack.pool.query("SELECT number FROM invoice WHERE id = $1", [invoiceId])).rows[0].number;

it("a replay shows what it would change, and changes it only when it is confirmed", async () => {
  await changeByHand("BY-HAND-1");
  await page.goto(`${stack.adminUrl}/webhooks?object=${invoiceId}`);
  await page.getByRole("button", { name: "Replay what matches" }).click();
  const dialog = page.getByRole("dialog", { name: "Replay" });
  await dialog.getByText("1 of 1 object would change.").waitFor();
  await dialog.getByText("BY-HAND-1").waitFor();
  expect(await numberNow()).toBe("BY-HAND-1");
  await dialog.getByLabel("Reason").fill("The number was changed by hand");
  await dialog.getByRole("button", { name: "Replay 1 object" }).click();
  await dialog.waitFor({ state: "hidden" });
  await waitFor("the number of Stripe", async () => (await numberNow()) !== "BY-HAND-1");
});

it("an object that was given up is tried again, with a reason", async () => {
  await giveUp(stack.pool, invoiceId.replace("in_", "in_gone_"));
  await page.goto(`${stack.adminUrl}/webhooks?tab=dead`);
  await page.getByRole("button", { name: /^Try again/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Try again now" }).click();
  await dialog.getByText("Say why, in a few words.").waitFor();
  await dialog.getByLabel("Reason").fill("The line has its period now");
  await dialog.getByRole("button", { name: "Try again now" }).click();
  await page.getByText("Nothing was given up").waitFor();
});

it("a comparison finds what differs, and one click repairs it", async () => {
  await applied();
  await changeByHand("BY-HAND-2");
  await page.goto(`${stack.adminUrl}/drift`);
  await page.getByRole("button", { name: "Compare now" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Compare only").click();
  await dialog.getByLabel("Reason").fill("Looking");
  await dialog.getByRole("button", { name: "Compare now" }).click();
  const row = page.getByRole("row").filter({ hasText: invoiceId });
  await row.getByText("Changed here").waitFor({ timeout: 60_000 });
  await row.getByRole("button", { name: `Repair ${invoiceId}` }).click();
  await page.getByText("Nothing is left to repair").waitFor();
  expect(await numberNow()).not.toBe("BY-HAND-2");
});

it("somebody who may only look at customers is not offered these screens, and is refused at their address", async () => {
  const viewer = await (await browser.newContext({ locale: "en-US" })).newPage();
  await signInStaff(viewer, stack, await createStaff(stack, "viewer"));
  expect(await viewer.getByRole("link", { name: "Drift" }).count()).toBe(0);
  await viewer.goto(`${stack.adminUrl}/webhooks`);
  await viewer.getByText("Your role cannot see the webhook events.").waitFor();
});
