import type { Browser, Page } from "playwright-core";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
import { expectAccessible } from "./hosted/shop";
import { pictureIfFailed } from "./picture";
import { type Stack, startStack } from "./stack";
import { waitFor } from "./wait-for";

let stack: Stack;
let browser: Browser;
let stripe: Stripe;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchChromium()]);
  const { hostname: host, port } = new URL(stack.sandboxUrl);
  stripe = new Stripe("sk_test_farebox", { host, port: Number(port), protocol: "http" });
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

interface Row {
  id: string;
  stripe_customer_id: string;
  plan_id: string;
  interval: string;
  status: string;
}

async function planOf(person: Person): Promise<Row> {
  const { rows } = await stack.pool.query<Row>(
    `select s.id, c.stripe_customer_id, s.plan_id, s.interval, s.status
     from subscription s join customer c on c.id = s.customer_id where c.email = $1 and s.live_slot = 'plan'`,
    [person.email],
  );
  if (!rows[0]) throw new Error("no live subscription");
  return rows[0];
}

const changeInvoices = async (person: Person) => {
  const { rows } = await stack.pool.query<{ status: string }>(
    `select i.status from invoice i join customer c on c.id = i.customer_id
     where c.email = $1 and i.billing_reason = 'subscription_update' order by i.created_at`,
    [person.email],
  );
  return rows.map(({ status }) => status);
};

async function onGrowth(name: string): Promise<{ page: Page; person: Person }> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  pictureIfFailed(page);
  const person = newPerson(name);
  await signUp(page, stack, person);
  await openCheckout(page, "Growth");
  await fillCard(page, "4242424242424242");
  await pay(page);
  await planIsActive(page);
  await page.goto(`${stack.dashboardUrl}/plans`);
  await page.getByRole("button", { name: "Change to Starter" }).waitFor();
  return { page, person };
}

async function payWith(person: Person, paymentMethod: string) {
  const { id, stripe_customer_id: customer } = await planOf(person);
  const card = await stripe.paymentMethods.attach(paymentMethod, { customer });
  await stripe.subscriptions.update(id, { default_payment_method: card.id });
}

async function askFor(page: Page, plan: string) {
  await page.getByRole("button", { name: `Change to ${plan}` }).click();
  const dialog = page.getByRole("dialog", { name: `Change to ${plan}` });
  await dialog.getByText("Due today").waitFor();
  return dialog;
}

const payNow = { name: /^Pay .+ now$/ };

describe("an upgrade", () => {
  it("says what it costs, charges that, and is there", async () => {
    const { page, person } = await onGrowth("Uma");
    const dialog = await askFor(page, "Scale");
    const due = await dialog.getByRole("button", payNow).textContent();
    await dialog.getByRole("button", payNow).click();
    await page.getByText("You are on Scale now").waitFor();
    expect((await planOf(person)).plan_id).toBe("scale");
    const { rows } = await stack.pool.query<{ paid: string }>(
      `select paid_amount::text as paid from invoice i join customer c on c.id = i.customer_id
       where c.email = $1 and billing_reason = 'subscription_update'`,
      [person.email],
    );
    expect(rows).toHaveLength(1);
    expect(due?.replace(/\D/g, "")).toBe(rows[0]?.paid);
  });

  it("whose card is refused leaves the old plan and says so", async () => {
    const { page, person } = await onGrowth("Dan");
    await payWith(person, "pm_card_chargeCustomerFail");
    const dialog = await askFor(page, "Scale");
    await dialog.getByRole("button", payNow).click();
    await dialog.getByText("The change was not made").waitFor();
    await dialog.getByText(/You are still on Growth, and nothing was charged/).waitFor();
    await dialog.getByRole("button", { name: "Keep my plan" }).click();
    expect(await planOf(person)).toMatchObject({ plan_id: "growth", status: "active" });
    await waitFor("the invoice to be void", async () => (await changeInvoices(person)).join() === "void");
  });

  it("asks the bank: refused there it is not made, confirmed it is", async () => {
    const { page, person } = await onGrowth("Sam");
    await payWith(person, "pm_card_authenticationRequired");
    const dialog = await askFor(page, "Scale");
    await dialog.getByRole("button", payNow).click();
    await answerChallenge(page, "Fail");
    await dialog.getByText("The change was not made").waitFor();
    expect((await planOf(person)).plan_id).toBe("growth");

    await dialog.getByRole("button", payNow).click();
    await answerChallenge(page, "Complete");
    await page.getByText("You are on Scale now").waitFor({ timeout: 20_000 });
    expect((await planOf(person)).plan_id).toBe("scale");
    expect(await changeInvoices(person)).toEqual(["void", "paid"]);
  });

  it("left at the bank waits, survives a reload, and can be finished with another card", async () => {
    const { page, person } = await onGrowth("Ren");
    await payWith(person, "pm_card_authenticationRequired");
    const dialog = await askFor(page, "Scale");
    await dialog.getByRole("button", payNow).click();
    await page.locator('iframe[title="3D Secure challenge"]').waitFor();
    await page.goto(`${stack.dashboardUrl}/plans`);
    await page.getByText("The change to Scale waits for its payment").waitFor();
    expect((await planOf(person)).plan_id).toBe("growth");
    await page.getByRole("link", { name: "Finish the payment" }).click();
    await page.getByRole("heading", { level: 1, name: "Finish the change" }).waitFor();
    await fillCard(page, "4242424242424242");
    await page.getByRole("button", payNow).click();
    await page.getByRole("heading", { name: "You are on Scale" }).waitFor({ timeout: 20_000 });
    expect(await changeInvoices(person)).toEqual(["paid"]);
  });
});

describe("less", () => {
  it("is scheduled for the end of the period, and undone", async () => {
    const { page, person } = await onGrowth("Lea");
    const dialog = await askFor(page, "Starter");
    await dialog.getByText("Priority support").waitFor();
    await dialog.getByRole("button", { name: /^Change on / }).click();
    await page.getByText(/^Starter per month from /).waitFor();
    expect((await planOf(person)).plan_id).toBe("growth");
    await page.getByRole("button", { name: "Undo the change" }).click();
    await page.getByText("The change was taken back").waitFor();
    await page.getByText(/^Starter per month from /).waitFor({ state: "detached" });
    expect(await changeInvoices(person)).toEqual([]);
  });

  it("is nothing from a day on, and undone", async () => {
    const { page } = await onGrowth("Kim");
    await page.getByRole("button", { name: "Cancel Growth" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel Growth?" });
    await dialog.getByLabel("Why are you leaving?").selectOption("too_expensive");
    await dialog.getByRole("button", { name: /^Cancel on / }).click();
    await page
      .getByText(/^Growth ends on /)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Keep my plan" }).click();
    await page.getByText("Your plan goes on").waitFor();
    await page.getByRole("button", { name: "Cancel Growth" }).waitFor();
  });
});

it("is accessible and fits, in both themes and on a phone", async () => {
  const { page } = await onGrowth("Axel");
  await page.emulateMedia({ reducedMotion: "reduce" });
  const dialog = await askFor(page, "Scale");
  await expectAccessible(page, "the quote of an upgrade");
  await dialog.getByRole("button", { name: "Keep my plan" }).click();
  await page.getByRole("button", { name: "Cancel Growth" }).click();
  await page.getByRole("button", { name: "Pause for a month" }).waitFor();
  await expectAccessible(page, "the cancellation");
  await page.getByRole("button", { name: "Keep Growth" }).click();
  await (await askFor(page, "Starter")).getByRole("button", { name: /^Change on / }).click();
  await page.getByRole("button", { name: "Undo the change" }).waitFor();
  await expectAccessible(page, "plans with a scheduled change");
});
