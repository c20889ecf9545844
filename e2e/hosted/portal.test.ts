import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { answerChallenge, fillCard } from "../dashboard";
import { expectAccessible, openShop, type Shop } from "./shop";

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([openShop(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await shop?.sandbox.close();
});

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const says = (page: Page, text: string) => page.getByRole("status").getByText(text).waitFor();

describe("the customer portal", () => {
  it("changes the plan for the price it showed", async () => {
    const page = await shop.open(browser, await shop.portal());
    await press(page, "Change plan");
    await page.getByRole("radio", { name: /\$290\.00 per year/ }).check();
    await page.getByRole("spinbutton", { name: "Quantity" }).fill("2");
    await page.getByRole("spinbutton", { name: "Quantity" }).blur();
    await page.getByText("$551.00").first().waitFor();
    await expectAccessible(page, "change");
    await press(page, "Confirm the change");
    await says(page, "Your subscription was changed.");
    await page.getByRole("heading", { name: "2 × Team" }).waitFor();
    const { items, latest_invoice: invoice } = await shop.stripe.subscriptions.retrieve(
      shop.subscription.id,
      {
        expand: ["latest_invoice"],
      },
    );
    expect(items.data[0]).toMatchObject({ price: { id: shop.pro.id }, quantity: 2 });
    expect(invoice).toMatchObject({ amount_paid: 55_100, status: "paid" });
    await page.context().close();
  });

  it("cancels with a reason, and takes it back", async () => {
    const page = await shop.open(browser, await shop.portal());
    await expectAccessible(page, "home");
    await press(page, "Cancel subscription");
    await page.getByRole("radio", { name: "It’s too expensive" }).check();
    await page.getByLabel("Anything else to tell us? (optional)").fill("Too much for us");
    await expectAccessible(page, "cancel");
    await press(page, "Cancel subscription");
    await says(page, "Your subscription was set to end.");
    const ending = await shop.stripe.subscriptions.retrieve(shop.subscription.id);
    expect(ending.cancel_at).toBe(ending.items.data[0]?.current_period_end);
    expect(ending.cancellation_details).toMatchObject({
      comment: "Too much for us",
      feedback: "too_expensive",
    });
    await page.getByText("Ending", { exact: true }).waitFor();
    await press(page, "Don’t cancel");
    await says(page, "Your subscription goes on.");
    expect((await shop.stripe.subscriptions.retrieve(shop.subscription.id)).cancel_at).toBeNull();
    await page.context().close();
  });

  it("adds a card after 3-D Secure, and says why a card was not added", async () => {
    const page = await shop.open(browser, await shop.portal());
    await press(page, "Add a card");
    await fillCard(page, "4000000000000002");
    await press(page, "Add card");
    await page.getByRole("alert").getByText("Your card was declined.").waitFor();
    await fillCard(page, "4000002760003184");
    await press(page, "Add card");
    await answerChallenge(page, "Fail");
    await page.getByRole("alert").getByText("unable to authenticate").waitFor();
    await expectAccessible(page, "card");
    await press(page, "Add card");
    await answerChallenge(page, "Complete");
    await says(page, "Your card was added.");
    await page.getByText("Visa ending in 3184").waitFor();
    const customer = await shop.stripe.customers.retrieve(shop.customer.id, {
      expand: ["invoice_settings.default_payment_method"],
    });
    expect(customer).toMatchObject({
      invoice_settings: { default_payment_method: { card: { last4: "3184" } } },
    });
    await press(page, "Remove: Visa ending in 4242");
    await says(page, "Visa ending in 4242 was removed.");
    await page.context().close();
  });

  it("keeps billing details and tax IDs", async () => {
    const page = await shop.open(browser, await shop.portal());
    await press(page, "Edit: billing details");
    await page.getByLabel("City").fill("Chicago");
    await expectAccessible(page, "details");
    await press(page, "Save");
    await says(page, "Your details were saved.");
    await page.getByText("Chicago").waitFor();
    await press(page, "Edit: billing details");
    await page.getByLabel("Type").selectOption("us_ein");
    await page.getByLabel("Number").fill("1");
    await press(page, "Add tax ID");
    await page.getByRole("alert").getByText("Invalid value for us_ein.").waitFor();
    await page.getByLabel("Number").fill("12-3456789");
    await press(page, "Add tax ID");
    await says(page, "The tax ID was added.");
    await page.getByText("12-3456789").waitFor();
    await page.context().close();
  });

  it("leads through a flow and back to the merchant, and opens once", async () => {
    const back = `${shop.sandbox.url}/healthz`;
    const address = await shop.portal({
      flow_data: {
        type: "subscription_pause",
        subscription_pause: { subscription: shop.subscription.id },
        after_completion: { type: "redirect", redirect: { return_url: back } },
      },
    });
    const page = await shop.open(browser, address);
    await page.getByRole("radio", { name: "3 months" }).check();
    await press(page, "Pause subscription");
    await page.waitForURL(back);
    expect((await shop.stripe.subscriptions.retrieve(shop.subscription.id)).status).toBe("paused");
    const other = await shop.open(browser, address);
    await other.getByText("This link has expired or was already used.").waitFor();
    await expectAccessible(other, "expired");
    await Promise.all([page.context().close(), other.context().close()]);
  });

  it("lets a customer log in again when the session says so", async () => {
    const address = await shop.portal({ after_expiration: { type: "customer_login" } });
    await (await shop.open(browser, address)).context().close();
    const page = await shop.open(browser, address);
    await page.getByLabel("Email").fill("nobody@example.com");
    await press(page, "Continue");
    await page.getByRole("alert").getByText("does not belong to a customer").waitFor();
    await page.getByLabel("Email").fill("Ada@example.com");
    await press(page, "Continue");
    await page.getByRole("heading", { name: "Your billing" }).waitFor();
    await page.context().close();
  });
});
