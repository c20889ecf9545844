import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import Stripe from "stripe";
import { expect } from "vitest";
import { pictureIfFailed } from "../picture";

export interface Shop {
  sandbox: Sandbox;
  stripe: Stripe;
  customer: Stripe.Customer;
  basic: Stripe.Price;
  pro: Stripe.Price;
  subscription: Stripe.Subscription;
  configuration: Stripe.BillingPortal.Configuration;
  /** The address of a new portal session. */
  portal(more?: Stripe.BillingPortal.SessionCreateParams): Promise<string>;
  open(browser: Browser, address: string): Promise<Page>;
}

/** A sandbox with one customer, two plans and a portal that allows everything. */
export async function openShop(card = "pm_card_visa"): Promise<Shop> {
  const sandbox = await createSandbox({ port: 0, settleDelayMs: 5 });
  const stripe = new Stripe(sandbox.secretKey, { host: "127.0.0.1", port: sandbox.port, protocol: "http" });
  const product = await stripe.products.create({ name: "Team" });
  const price = (amount: number, interval: "month" | "year") =>
    stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: amount,
      recurring: { interval },
    });
  const [basic, pro] = await Promise.all([price(2900, "month"), price(29_000, "year")]);
  const customer = await stripe.customers.create({
    name: "Ada Lovelace",
    email: "ada@example.com",
    payment_method: card,
    address: {
      line1: "12 Main Street",
      city: "Springfield",
      postal_code: "62701",
      state: "IL",
      country: "US",
    },
  });
  const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method?.id ?? "" },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: basic.id }],
  });
  const configuration = await stripe.billingPortal.configurations.create({
    business_profile: { terms_of_service_url: "https://example.com/terms" },
    features: {
      customer_update: { enabled: true, allowed_updates: ["name", "email", "phone", "address", "tax_id"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        cancellation_reason: {
          enabled: true,
          options: ["too_expensive", "missing_features", "unused", "other"],
        },
      },
      subscription_pause: {
        enabled: true,
        duration: {
          type: "interval_options",
          interval_options: [{ interval: "month" }, { interval: "month", interval_count: 3 }],
        },
      },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price", "quantity", "promotion_code"],
        proration_behavior: "always_invoice",
        products: [
          {
            product: product.id,
            prices: [basic.id, pro.id],
            adjustable_quantity: { enabled: true, minimum: 1, maximum: 50 },
          },
        ],
      },
    },
  });
  const session = (more: Stripe.BillingPortal.SessionCreateParams = {}) =>
    stripe.billingPortal.sessions.create({ customer: customer.id, configuration: configuration.id, ...more });
  return {
    sandbox,
    stripe,
    customer,
    basic,
    pro,
    subscription,
    configuration,
    portal: async (more) => (await session(more)).url,
    async open(browser, address) {
      const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      pictureIfFailed(page);
      await page.goto(address);
      return page;
    },
  };
}

interface AxeResult {
  violations: { id: string; nodes: { target: unknown }[] }[];
}

/** In light and dark, on a desk and on a phone. The frames of the card form have tests of their own. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${screen} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
      const { violations } = (await page.evaluate(axeRun)) as AxeResult;
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`,
      );
      expect(found, `${screen}, ${scheme}, ${width} px`).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
}

const axeRun = `${axe.source}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], iframes: false })`;
