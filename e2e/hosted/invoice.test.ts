import type { Browser } from "playwright-core";
import type Stripe from "stripe";
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

/** An invoice to be paid by hand, and its page. */
async function openInvoice(): Promise<Stripe.Invoice> {
  const { stripe, customer } = shop;
  await stripe.invoiceItems.create({
    customer: customer.id,
    amount: 4200,
    currency: "usd",
    description: "A workshop",
  });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    collection_method: "send_invoice",
    days_until_due: 14,
    pending_invoice_items_behavior: "include",
  });
  return stripe.invoices.finalizeInvoice(draft.id);
}

const pay = { name: "Pay $42.00" };

describe("the hosted invoice page", () => {
  it("is paid with a saved card, and shows the receipt and the PDF", async () => {
    const invoice = await openInvoice();
    const page = await shop.open(browser, String(invoice.hosted_invoice_url));
    await page.getByRole("radio", { name: "Visa ending in 4242" }).waitFor();
    await expectAccessible(page, "invoice");
    await page.getByRole("button", pay).click();
    await page.getByRole("heading", { name: "This invoice is paid. Thank you." }).waitFor();
    expect((await shop.stripe.invoices.retrieve(invoice.id)).status).toBe("paid");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download the invoice" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`Invoice-${invoice.number}.pdf`);
    await page.getByRole("link", { name: "View the receipt" }).click();
    await page.getByRole("heading", { name: "Receipt" }).waitFor();
    await page.getByText("Visa ending in 4242").waitFor();
    await expectAccessible(page, "receipt");
    await page.context().close();
  });

  it("takes a new card, says why one was declined, and shows the bank's challenge", async () => {
    const invoice = await openInvoice();
    const page = await shop.open(browser, String(invoice.hosted_invoice_url));
    await page.getByRole("radio", { name: "A new card" }).check();
    await fillCard(page, "4000000000009995");
    await page.getByRole("button", pay).click();
    await page.getByRole("alert").getByText("insufficient funds").waitFor();
    expect((await shop.stripe.invoices.retrieve(invoice.id)).status).toBe("open");
    await fillCard(page, "4000002760003184");
    await page.getByRole("button", pay).click();
    await answerChallenge(page, "Fail");
    await page.getByRole("alert").getByText("unable to authenticate").waitFor();
    await page.getByRole("button", pay).click();
    await answerChallenge(page, "Complete");
    await page.getByRole("heading", { name: "This invoice is paid. Thank you." }).waitFor();
    const paid = await shop.stripe.invoices.retrieve(invoice.id, {
      expand: ["payments.data.payment.payment_intent"],
    });
    expect(paid).toMatchObject({ status: "paid", amount_paid: 4200 });
    await page.context().close();
  });

  it("offers no payment when there is nothing to pay", async () => {
    const invoice = await openInvoice();
    await shop.stripe.invoices.voidInvoice(invoice.id);
    const page = await shop.open(browser, String(invoice.hosted_invoice_url));
    await page.getByRole("heading", { name: "This invoice is void. There is nothing to pay." }).waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    await page.context().close();
  });
});
