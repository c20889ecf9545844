import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCardNumbers } from "./card-numbers";
import { launchChromium } from "./chromium";
import { createStaff, refundHalf, signInStaff } from "./console";
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

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

interface Visit {
  page: Page;
  context: BrowserContext;
  /** Bodies and addresses of everything the browser sent to us, and not to Stripe. */
  sent: string[];
}

async function visit(): Promise<Visit> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  pictureIfFailed(page);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(stack.sandboxUrl)) return;
    sent.push(`${request.url()} ${request.postData() ?? ""}`);
  });
  return { page, context, sent };
}

async function signedUp(name: string): Promise<Visit & { person: Person }> {
  const visitor = await visit();
  const person = newPerson(name);
  await signUp(visitor.page, stack, person);
  return { ...visitor, person };
}

const charges = async (person: Person) => {
  const { rows } = await stack.pool.query(
    `select p.id, p.status from payment p join customer c on c.id = p.customer_id
     where c.email = $1 and p.status = 'succeeded'`,
    [person.email],
  );
  return rows;
};

describe("a customer buys a plan", () => {
  it("pays, is active without a reload, is refunded half by staff and sees it", async () => {
    const { page, context, sent, person } = await signedUp("Ada");
    let loads = 0;
    page.on("load", () => loads++);
    await openCheckout(page, "Growth");
    await fillCard(page, "4242424242424242");
    await pay(page);
    await planIsActive(page);
    expect(loads, "no reload on the way to active").toBe(0);
    expect(await charges(person)).toHaveLength(1);

    await page.getByRole("link", { name: "See your invoices" }).click();
    await page.getByRole("heading", { level: 1, name: "Invoices" }).waitFor();
    await page.getByRole("table").getByText("Paid").first().waitFor();

    const console = await visit();
    const staff = await createStaff(stack, "support");
    await signInStaff(console.page, stack, staff);
    await refundHalf(console.page, person);

    // The customer's open page learns of the refund by itself.
    await page
      .getByText(/refunded/)
      .first()
      .waitFor();
    expect(loads).toBe(0);
    const { rows } = await stack.pool.query("select amount, status from refund");
    expect(rows).toEqual([{ amount: "4950", status: "succeeded" }]);

    expect(findCardNumbers(sent.join("\n"))).toEqual([]);
    await Promise.all([context.close(), console.context.close()]);
  });

  it("passes 3-D Secure", async () => {
    const { page, context, person } = await signedUp("Bruno");
    await openCheckout(page, "Growth");
    await fillCard(page, "4000002760003184");
    await pay(page);
    await answerChallenge(page, "Complete");
    await planIsActive(page);
    expect(await charges(person)).toHaveLength(1);
    await context.close();
  });

  it("reads why the card was declined and pays with another on the same page", async () => {
    const { page, context, person } = await signedUp("Chiara");
    await openCheckout(page, "Growth");
    await fillCard(page, "4000000000009995");
    await pay(page);
    await page
      .getByText(/insufficient funds|not enough money/i)
      .first()
      .waitFor();
    expect(await charges(person)).toHaveLength(0);

    await fillCard(page, "4242424242424242");
    await pay(page);
    await planIsActive(page);
    expect(await charges(person)).toHaveLength(1);
    await context.close();
  });

  it("fails 3-D Secure, is not charged and may try again", async () => {
    const { page, context, person } = await signedUp("Dmitri");
    await openCheckout(page, "Growth");
    await fillCard(page, "4000002760003184");
    await pay(page);
    await answerChallenge(page, "Fail");
    await page.getByRole("alert").first().waitFor();
    expect(await charges(person)).toHaveLength(0);

    await fillCard(page, "4242424242424242");
    await pay(page);
    await planIsActive(page);
    expect(await charges(person)).toHaveLength(1);
    await context.close();
  });

  it("reloads in the middle and finds the same purchase", async () => {
    const { page, context, person } = await signedUp("Elif");
    await openCheckout(page, "Growth");
    await fillCard(page, "4242424242424242");
    await page.reload();
    await fillCard(page, "4242424242424242");
    await pay(page);
    await planIsActive(page);
    await page.reload();
    await planIsActive(page);
    await expect(page.getByRole("button", { name: /^Pay/ }).count()).resolves.toBe(0);
    expect(await charges(person)).toHaveLength(1);
    await context.close();
  });

  it("checks out in two tabs and clicks twice: one subscription, one charge", async () => {
    const { page, context, person } = await signedUp("Farid");
    const other = await context.newPage();
    await openCheckout(page, "Growth");
    await other.goto(page.url());
    await Promise.all([fillCard(page, "4242424242424242"), fillCard(other, "4242424242424242")]);
    const button = (tab: Page) => tab.getByRole("button", { name: /^Pay .+ now$/ });
    await Promise.all([button(page).dblclick(), button(other).dblclick()]);
    await Promise.all([planIsActive(page), planIsActive(other)]);
    expect(await charges(person)).toHaveLength(1);
    const { rows } = await stack.pool.query(
      "select s.id from subscription s join customer c on c.id = s.customer_id where c.email = $1",
      [person.email],
    );
    expect(rows).toHaveLength(1);
    await context.close();
  });

  it("starts a trial with a card and a free plan without one", async () => {
    const trial = await signedUp("Greta");
    await openCheckout(trial.page, "Starter");
    await fillCard(trial.page, "4242424242424242");
    await trial.page.getByRole("button", { name: "Start 14-day trial" }).click();
    await trial.page.getByRole("heading", { name: "Your free trial of Starter has started" }).waitFor();
    expect(await charges(trial.person)).toHaveLength(0);

    const free = await signedUp("Hiro");
    await openCheckout(free.page, "Free");
    await free.page.getByRole("button", { name: "Start with Free" }).click();
    await planIsActive(free.page, "Free");
    await Promise.all([trial.context.close(), free.context.close()]);
  });
});

describe("card data", () => {
  it("is in no row of the database and no log line", async () => {
    const planted = "planted 4242 4242 4242 4242 and 4000002760003184";
    expect(findCardNumbers(planted)).toHaveLength(2);

    await waitFor("the webhooks to be applied", async () => {
      const { rows } = await stack.pool.query(
        "select 1 from dirty_object where done_seq < dirty_seq limit 1",
      );
      return rows.length === 0;
    });
    const { rows: tables } = await stack.pool.query<{ name: string }>(
      "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const { rows } = await stack.pool.query<{ row: string }>(`select t::text as row from ${name} t`);
      expect(findCardNumbers(rows.map(({ row }) => row).join("\n")), name).toEqual([]);
    }
    const raw = await stack.pool.query<{ raw: Buffer }>("select raw from webhook_event");
    expect(findCardNumbers(raw.rows.map((row) => row.raw.toString()).join("\n"))).toEqual([]);
    expect(findCardNumbers(await readFile(stack.logFile, "utf8"))).toEqual([]);
  });
});
