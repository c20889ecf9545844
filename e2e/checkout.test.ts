import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "./chromium";
import { pictureIfFailed } from "./picture";

let browser: Browser;
let sandbox: Sandbox;
let stripe: Stripe;
let shop: Server;
let shopUrl: string;
/** When the webhook was told of a completion; it answers only when it is let to. */
let told: string[] = [];
let answerAfterMs = 0;

beforeAll(async () => {
  shop = createServer((request, response) => {
    if (request.method !== "POST") return response.end(`<h1>Shop ${request.url}</h1>`);
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () =>
      setTimeout(() => {
        told.push(JSON.parse(Buffer.concat(chunks).toString()).type);
        response.end();
      }, answerAfterMs),
    );
  });
  await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  sandbox = await createSandbox({ port: 0, settleDelayMs: 5 });
  sandbox.forward({
    url: `${shopUrl}/hook`,
    secret: "whsec_shop",
    enabledEvents: ["checkout.session.completed"],
  });
  stripe = new Stripe(sandbox.secretKey, { host: "127.0.0.1", port: sandbox.port, protocol: "http" });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  shop?.closeAllConnections();
  shop?.close();
});

async function priceOf(amount: number, recurring: boolean, name = "Team plan") {
  const product = await stripe.products.create({ name });
  return stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: amount,
    ...(recurring && { recurring: { interval: "month" } }),
  });
}

type Given = Partial<Stripe.Checkout.SessionCreateParams>;

async function sessionFor(given: Given = {}) {
  const price = await priceOf(2400, given.mode !== "payment");
  return stripe.checkout.sessions.create({
    mode: "subscription",
    success_url: `${shopUrl}/welcome?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${shopUrl}/cart`,
    ...(given.mode !== "setup" && { line_items: [{ price: price.id, quantity: 1 }] }),
    ...given,
  });
}

async function open(url: string | null, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: "en-US",
    viewport: { width: 1100, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  pictureIfFailed(page);
  await page.goto(url ?? "");
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

async function typeCard(page: Page, number = "4242424242424242") {
  const frame = page.frameLocator('iframe[title="Secure payment input frame"]');
  await frame.getByLabel("Card number").fill(number);
  await frame.getByLabel("Expiration date").fill("12/40");
  await frame.getByLabel("Security code").fill("123");
  const zip = frame.getByLabel("ZIP code");
  if (await zip.isVisible()) await zip.fill("10001");
}

const retrieve = (id: string) => stripe.checkout.sessions.retrieve(id);

describe("the checkout page", () => {
  it("sells a subscription and comes back when the webhook has been answered", async () => {
    told = [];
    answerAfterMs = 400;
    const session = await sessionFor();
    const page = await open(session.url);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Subscribe to Team plan");
    await page.getByLabel("Email").fill("ada@example.com");
    await page.getByLabel("Name on card").fill("Ada Lovelace");
    await typeCard(page);
    await page.getByRole("button", { name: "Subscribe $24.00" }).click();
    await page.waitForURL(`${shopUrl}/welcome?session=${session.id}`);
    expect(told).toEqual(["checkout.session.completed"]);
    answerAfterMs = 0;
    const after = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["customer", "subscription"],
    });
    expect(after).toMatchObject({
      status: "complete",
      payment_status: "paid",
      customer: { email: "ada@example.com", name: "Ada Lovelace" },
      subscription: { status: "active" },
    });
    await page.goto(`${sandbox.url}/c/pay/${session.id}`);
    await page.getByRole("heading", { name: "You’re all done" }).waitFor();
  });

  it("says why a card was declined, and takes another one", async () => {
    const session = await sessionFor({ mode: "payment" });
    const page = await open(session.url);
    await page.getByLabel("Email").fill("ada@example.com");
    await typeCard(page, "4000000000009995");
    await page.getByRole("button", { name: "Pay $24.00" }).click();
    await page
      .getByRole("alert")
      .getByText(/insufficient funds/)
      .waitFor();
    expect(await retrieve(session.id)).toMatchObject({ status: "open" });
    await typeCard(page, "5555555555554444");
    await page.getByRole("button", { name: "Pay $24.00" }).click();
    await page.waitForURL(/welcome/);
    expect(await retrieve(session.id)).toMatchObject({ status: "complete", payment_status: "paid" });
  });

  it("shows the bank's challenge, which may be failed and then passed", async () => {
    const session = await sessionFor();
    const page = await open(session.url);
    await page.getByLabel("Email").fill("ada@example.com");
    await typeCard(page, "4000000000003220");
    await page.getByRole("button", { name: /^Subscribe/ }).click();
    const bank = page.frameLocator('iframe[title="3D Secure challenge"]');
    await bank.getByRole("button", { name: "Fail authentication" }).click();
    await page
      .getByRole("alert")
      .getByText(/unable to authenticate/)
      .waitFor();
    await page.getByRole("button", { name: /^Subscribe/ }).click();
    await bank.getByRole("button", { name: "Complete authentication" }).click();
    await page.waitForURL(/welcome/);
    expect(await retrieve(session.id)).toMatchObject({ status: "complete" });
  });

  it("applies a promotion code, refuses a wrong one, and needs no card for what is free", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 100, duration: "forever", name: "Everything" });
    const promotion = { type: "coupon", coupon: coupon.id } as const;
    await stripe.promotionCodes.create({ promotion, code: "FREEBIE", max_redemptions: 1 });
    const session = await sessionFor({ mode: "payment", allow_promotion_codes: true });
    const page = await open(session.url);
    await page.getByLabel("Promotion code").fill("NOTHING");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("This code is invalid.").waitFor();
    await page.getByLabel("Promotion code").fill("freebie");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Everything").waitFor();
    await page.getByLabel("Email").fill("ada@example.com");
    expect(await page.locator("iframe").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Complete order" }).click();
    await page.waitForURL(/welcome/);
    expect(await retrieve(session.id)).toMatchObject({
      payment_status: "no_payment_required",
      payment_intent: null,
    });
  });

  it("pays with a saved card, and changes a quantity", async () => {
    const customer = await stripe.customers.create({ email: "known@example.com" });
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.paymentMethods.update(card.id, { allow_redisplay: "always" });
    const price = await priceOf(1000, false, "Ticket");
    const session = await sessionFor({
      mode: "payment",
      customer: customer.id,
      line_items: [
        { price: price.id, quantity: 1, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } },
      ],
    });
    const page = await open(session.url);
    await page.getByText("known@example.com").waitFor();
    await page.getByLabel("Quantity").fill("3");
    await page.getByLabel("Quantity").press("Tab");
    await page.getByRole("button", { name: "Pay $30.00" }).click();
    await page.waitForURL(/welcome/);
    const { payment_intent: intent } = await retrieve(session.id);
    expect(await stripe.paymentIntents.retrieve(String(intent))).toMatchObject({
      amount: 3000,
      payment_method: card.id,
    });
  });

  it("asks for address, tax ID, terms and own fields, and says what is missing", async () => {
    const session = await sessionFor({
      billing_address_collection: "required",
      tax_id_collection: { enabled: true },
      consent_collection: { terms_of_service: "required" },
      custom_fields: [{ key: "size", label: { custom: "Team size", type: "custom" }, type: "numeric" }],
      subscription_data: { trial_period_days: 14 },
    });
    const page = await open(session.url);
    await page.getByText(/free trial ends/).waitFor();
    await page.getByLabel("Email").fill("ada@example.com");
    await typeCard(page);
    await page.getByRole("button", { name: "Start now" }).click();
    await page.getByText(/billing address is required/).waitFor();
    await page.getByLabel("Country", { exact: true }).selectOption("DE");
    await page.getByLabel("Address line 1").fill("Hauptstr. 1");
    await page.getByLabel("Postal code").fill("53111");
    await page.getByLabel("City").fill("Bonn");
    await page.getByLabel("Tax ID (optional)").fill("DE123456789");
    await page.getByLabel("Team size").fill("12");
    await page.getByRole("button", { name: "Start now" }).click();
    await page.getByText(/agree to the terms/).waitFor();
    await page.getByLabel(/I agree/).check();
    await page.getByRole("button", { name: "Start now" }).click();
    await page.waitForURL(/welcome/);
    const after = await retrieve(session.id);
    expect(after).toMatchObject({
      payment_status: "no_payment_required",
      consent: { terms_of_service: "accepted" },
      custom_fields: [{ key: "size", numeric: { value: "12" } }],
      customer_details: { address: { city: "Bonn" }, tax_ids: [{ type: "eu_vat", value: "DE123456789" }] },
    });
  });

  it("leads back to the shop, and from an expired session to a new one", async () => {
    const session = await sessionFor({ after_expiration: { recovery: { enabled: true } } });
    const page = await open(session.url);
    await page.getByLabel("Email").fill("ada@example.com");
    await typeCard(page);
    await stripe.checkout.sessions.expire(session.id);
    await page.getByRole("button", { name: /^Subscribe/ }).click();
    await page.getByRole("heading", { name: "This page has expired" }).waitFor();
    await page.getByRole("link", { name: "Start again" }).click();
    await page.getByRole("heading", { name: /^Subscribe/ }).waitFor();
    const recovered = (await stripe.checkout.sessions.list({ limit: 1 })).data[0];
    expect(recovered).toMatchObject({ recovered_from: session.id, status: "open" });
    await page.getByRole("link", { name: /Back to/ }).click();
    await page.waitForURL(`${shopUrl}/cart`);
  });

  it("saves a card in setup mode", async () => {
    const customer = await stripe.customers.create({ email: "known@example.com" });
    const session = await sessionFor({ mode: "setup", currency: "usd", customer: customer.id });
    const page = await open(session.url);
    await typeCard(page);
    await page.getByRole("button", { name: "Save card" }).click();
    await page.waitForURL(/welcome/);
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  });

  it("fits a narrow screen", async () => {
    const session = await sessionFor({ allow_promotion_codes: true });
    const page = await open(session.url, { viewport: { width: 390, height: 800 }, colorScheme: "dark" });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});

describe("the checkout page inside a page of the shop", () => {
  async function embed(given: Given): Promise<{ page: Page; id: string }> {
    const session = await sessionFor({
      success_url: undefined,
      cancel_url: undefined,
      ui_mode: "embedded_page",
      ...given,
    });
    const context = await browser.newContext({ locale: "en-US", viewport: { width: 900, height: 900 } });
    const page = await context.newPage();
    pictureIfFailed(page);
    await page.goto(`${shopUrl}/buy`);
    await page.addScriptTag({ url: `${sandbox.url}/stripe.js` });
    await page.evaluate(async (secret) => {
      const make: unknown = Reflect.get(window, "Stripe");
      if (typeof make !== "function") throw new Error("stripe.js did not load");
      const stripe = make("pk_test_farebox");
      const checkout = await stripe.createEmbeddedCheckoutPage({
        fetchClientSecret: async () => secret,
        onComplete: () => document.body.append("Thanks from the shop"),
      });
      checkout.mount("h1");
    }, session.client_secret ?? "");
    return { page, id: session.id };
  }

  async function pay(page: Page, number?: string) {
    const checkout = page.frameLocator('iframe[title="Checkout"]');
    await checkout.getByLabel("Email").fill("ada@example.com");
    const card = checkout.frameLocator('iframe[title="Secure payment input frame"]');
    await card.getByLabel("Card number").fill(number ?? "4242424242424242");
    await card.getByLabel("Expiration date").fill("12/40");
    await card.getByLabel("Security code").fill("123");
    await card.getByLabel("ZIP code").fill("10001");
    await checkout.getByRole("button", { name: /^Subscribe/ }).click();
    return checkout;
  }

  it("sends the whole page to return_url", async () => {
    const { page, id } = await embed({ return_url: `${shopUrl}/back?id={CHECKOUT_SESSION_ID}` });
    const checkout = await pay(page, "4000000000003220");
    const bank = checkout.frameLocator('iframe[title="3D Secure challenge"]');
    await bank.getByRole("button", { name: "Complete authentication" }).click();
    await page.waitForURL(`${shopUrl}/back?id=${id}`);
    expect(await retrieve(id)).toMatchObject({ status: "complete" });
  });

  it("stays and tells the shop when it never redirects", async () => {
    const { page, id } = await embed({ redirect_on_completion: "never" });
    await pay(page);
    await page.getByText("Thanks from the shop").waitFor();
    expect(page.url()).toBe(`${shopUrl}/buy`);
    expect(await retrieve(id)).toMatchObject({ status: "complete", payment_status: "paid" });
  });
});
