import type { Browser, Page } from "playwright-core";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "./chromium";
import {
  answerChallenge,
  fillCard,
  newPerson,
  openCheckout,
  type Person,
  pay,
  planIsActive,
  signUp,
} from "./dashboard";
import { pictureIfFailed } from "./picture";
import { type Stack, startStack } from "./stack";
import { waitFor } from "./wait-for";

let stack: Stack;
let browser: Browser;
let stripe: Stripe;
let page: Page;
let person: Person;
let customer: string;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
  const { hostname, port } = new URL(stack.sandboxUrl);
  stripe = new Stripe("sk_test_farebox", { host: hostname, port: Number(port), protocol: "http" });
  const context = await browser.newContext({ locale: "en-US", acceptDownloads: true });
  page = await context.newPage();
  person = newPerson("Ines");
  await signUp(page, stack, person);
  await openCheckout(page, "Growth");
  await fillCard(page, "4242424242424242");
  await pay(page);
  await planIsActive(page);
  const { rows } = await stack.pool.query<{ id: string }>(
    "SELECT stripe_customer_id AS id FROM customer WHERE email = $1",
    [person.email],
  );
  customer = rows[0]?.id ?? "";
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

beforeEach(() => pictureIfFailed(page));

/** Something the customer owes us, known to the database. */
async function openInvoice(amount: number): Promise<string> {
  const { id } = await stripe.invoices.create({ customer, auto_advance: false });
  await stripe.invoiceItems.create({
    customer,
    invoice: id,
    amount,
    currency: "usd",
    description: "Onboarding day",
  });
  await stripe.invoices.finalizeInvoice(id, { auto_advance: false });
  await waitFor("the invoice to be mirrored", async () => {
    const { rows } = await stack.pool.query("SELECT FROM invoice WHERE id = $1 AND status = 'open'", [id]);
    return rows.length > 0;
  });
  return id;
}

const visit = async (tab: Page, id: string) => {
  await tab.goto(`${stack.dashboardUrl}/invoices/${id}`);
  await tab.getByText("Open", { exact: true }).first().waitFor();
};
const payButton = (tab: Page, amount: string) =>
  tab.getByRole("button", { name: `Pay ${amount}`, exact: true });
const isPaid = (tab: Page) => tab.getByText("Paid", { exact: true }).first().waitFor({ timeout: 20_000 });
const chargesOf = async () =>
  (await stripe.charges.list({ customer, limit: 100 })).data.filter(({ status }) => status === "succeeded");

describe("an open invoice", () => {
  it("is paid with the saved card, and the list and the file say so", async () => {
    const id = await openInvoice(4950);
    await visit(page, id);
    await payButton(page, "49.50 USD").click();
    await page.getByRole("dialog").getByText("Visa ending 4242").waitFor();
    await pay(page);
    await isPaid(page);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await payButton(page, "49.50 USD").count()).toBe(0);
    await page.getByText(/Paid 49\.50\sUSD with Visa ending 4242/).waitFor();

    await page.goto(`${stack.dashboardUrl}/invoices?q=49.5`);
    await page.getByRole("table").getByText("49.50").waitFor();
    expect(await page.getByRole("table").getByRole("row").count()).toBe(2);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("invoices.csv");
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const rows = Buffer.concat(chunks).toString().trim().split("\r\n");
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain(",paid,USD,49.50,49.50,0.00,0.00,");
  }, 60_000);

  it("C: a declined card is told in words, and another card pays", async () => {
    const id = await openInvoice(2000);
    await visit(page, id);
    await payButton(page, "20.00 USD").click();
    await page.getByRole("button", { name: "Use another card" }).click();
    await fillCard(page, "4000000000009995");
    await pay(page);
    await page
      .getByRole("alert")
      .getByText(/not enough money/i)
      .waitFor();
    const before = (await chargesOf()).length;
    await fillCard(page, "5555555555554444");
    await pay(page);
    await isPaid(page);
    expect((await chargesOf()).length).toBe(before + 1);
    await page
      .getByText(/failed on .*not enough money/i)
      .first()
      .waitFor();
  }, 60_000);

  it("asks the bank's question: failed leaves it open, passed pays it", async () => {
    const id = await openInvoice(3100);
    await visit(page, id);
    await payButton(page, "31.00 USD").click();
    await page.getByRole("button", { name: "Use another card" }).click();
    await fillCard(page, "4000002760003184");
    await pay(page);
    await answerChallenge(page, "Fail");
    await page
      .getByRole("alert")
      .getByText(/could not confirm/i)
      .waitFor();
    expect((await stripe.invoices.retrieve(id)).status).toBe("open");
    await fillCard(page, "4000002760003184");
    await pay(page);
    await answerChallenge(page, "Complete");
    await isPaid(page);
  }, 60_000);

  it("in two tabs is paid once, and the other tab learns of it", async () => {
    const id = await openInvoice(7700);
    const other = await page.context().newPage();
    pictureIfFailed(other);
    for (const tab of [page, other]) {
      await visit(tab, id);
      await payButton(tab, "77.00 USD").click();
      await tab.getByRole("dialog").getByText("Visa ending 4242").waitFor();
    }
    const before = (await chargesOf()).length;
    await Promise.all([pay(page), pay(other)]);
    await Promise.all([isPaid(page), isPaid(other)]);
    expect((await chargesOf()).length).toBe(before + 1);
    await other.close();
  }, 60_000);
});

describe("an invoice's page", () => {
  it("explains each charge, by keyboard too, with numbers that add up", async () => {
    await page.goto(`${stack.dashboardUrl}/invoices`);
    await page.getByRole("table").getByText("99.00").first().waitFor();
    await page.getByRole("row").filter({ hasText: "99.00" }).getByRole("link").first().click();
    const explain = page.getByRole("button", { name: /^Explain this charge/ });
    await explain.focus();
    await page.keyboard.press("Enter");
    expect(await explain.getAttribute("aria-expanded")).toBe("true");
    await page.getByText(/^1 × 99\.00\sUSD$/).waitFor();
    await page.keyboard.press("Enter");
    expect(await explain.getAttribute("aria-expanded")).toBe("false");
  }, 30_000);

  it("gives its paper to the owner only", async () => {
    const id = await openInvoice(500);
    const address = `${stack.dashboardUrl}/api/invoices/${id}/pdf`;
    const own = await page.request.get(address);
    expect(own.headers()["content-type"]).toBe("application/pdf");
    expect((await own.body()).subarray(0, 5).toString()).toBe("%PDF-");
    const stranger = await browser.newContext();
    expect((await stranger.request.get(address)).status()).toBe(401);
    await signUp(await stranger.newPage(), stack, newPerson("Otto"));
    expect((await stranger.request.get(address)).status()).toBe(404);
    expect(await (await stranger.request.get(`${stack.dashboardUrl}/api/invoices.csv`)).text()).not.toContain(
      id,
    );
    await stranger.close();
  }, 30_000);

  it("keeps the filters of the table in the address", async () => {
    await page.goto(`${stack.dashboardUrl}/invoices`);
    await page.getByLabel("Status").selectOption("open");
    await page.waitForURL(/status=open/);
    await page.getByRole("table").getByText("5.00").waitFor();
    await page.reload();
    expect(await page.getByLabel("Status").inputValue()).toBe("open");
    await page.getByLabel("Number or amount").fill("no such number");
    await page.getByText("No invoice matches these filters").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).first().click();
    await page.getByRole("table").getByText("99.00").first().waitFor();
  }, 30_000);
});
