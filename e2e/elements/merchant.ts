import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import type { StripeElements, Stripe as StripeJs } from "@stripe/stripe-js";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import Stripe from "stripe";
import { pictureIfFailed } from "../picture";

declare global {
  interface Window {
    stripe: StripeJs;
    elements: StripeElements;
    seen: [name: string, event: Record<string, unknown>][];
    /** Writes down every event of an element, and mounts it. */
    place(element: unknown, selector: string): void;
    /** The error that a call throws or rejects with. */
    failureOf(work: () => unknown): Promise<string>;
  }
}

export interface Merchant {
  url: string;
  sandbox: Sandbox;
  stripe: Stripe;
  open(browser: Browser, options?: BrowserContextOptions & { path?: string }): Promise<Page>;
  close(): Promise<void>;
}

/** A shop of its own origin that embeds the sandbox's `stripe.js`, with nothing of ours on its pages. */
export async function startMerchant(
  scripts: Record<string, string> = {},
  options: Parameters<typeof createSandbox>[0] = {},
): Promise<Merchant> {
  const sandbox = await createSandbox({ port: 0, settleDelayMs: 5, ...options });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://merchant").pathname;
    const script = scripts[path];
    response.setHeader("content-type", script ? "text/javascript" : "text/html; charset=utf-8");
    response.end(script ?? pageOf(sandbox.url, path));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    sandbox,
    stripe: new Stripe(sandbox.secretKey, { host: "127.0.0.1", port: sandbox.port, protocol: "http" }),
    async open(browser, { path = "/", ...given } = {}) {
      const context = await browser.newContext({
        locale: "en-US",
        viewport: { width: 800, height: 900 },
        bypassCSP: true,
        ...given,
      });
      const page = await context.newPage();
      pictureIfFailed(page);
      await page.goto(`${url}${path}`);
      return page;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await sandbox.close();
    },
  };
}

const pageOf = (sandbox: string, path: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title>
<style>body { font: 16px/1.5 system-ui; max-width: 480px; margin: 24px auto; padding: 0 16px }
body.dark { background: #16181d; color: #fff } .box { margin: 12px 0 }
.box.line { padding: 10px 12px; border: 1px solid #7d7f8c; border-radius: 6px } .StripeElement--focus { border-color: #0570de !important }
.StripeElement--invalid { border-color: #cd1a3c !important }</style>
<main><h1>Shop</h1><form id="form"><div class="box" id="address"></div><div class="box" id="payment"></div>
<div class="box line" id="number"></div><div class="box line" id="expiry"></div><div class="box line" id="cvc"></div>
<button>Pay</button></form><div id="root"></div></main>
<script src="${sandbox}/stripe.js"></script>
<script>
window.seen = [];
window.stripe = Stripe("pk_test_farebox");
const names = ["ready", "change", "focus", "blur", "escape", "loaderror", "loaderstart", "carddetailschange", "savedpaymentmethodremove"];
window.place = (element, selector) => {
  for (const name of names) element.on(name, (event) => seen.push([name, event ?? {}]));
  element.mount(selector);
};
window.failureOf = async (work) => {
  try { await work(); return "no failure"; } catch (error) { return error.name + ": " + error.message; }
};
document.querySelector("#form").addEventListener("submit", (event) => { event.preventDefault(); seen.push(["submit", {}]); });
</script>${path === "/react" ? '<script src="/react.js"></script>' : ""}</html>`;

export const paymentFrame = (page: Page) => page.frameLocator('iframe[title="Secure payment input frame"]');

export async function typeCard(page: Page, number: string, code = "123") {
  const frame = paymentFrame(page);
  await frame.getByLabel("Card number").fill(number);
  await frame.getByLabel("Expiration date").fill("12 / 34");
  await frame.getByLabel("Security code").fill(code);
  const zip = frame.getByLabel("ZIP code");
  if (await zip.isVisible()) await zip.fill("94107");
}

/** Waits until an element reported this, and answers what it said last. */
export async function said(page: Page, name: string): Promise<Record<string, unknown>> {
  await page.waitForFunction((wanted) => window.seen.some(([seen]) => seen === wanted), name);
  return page.evaluate((wanted) => window.seen.findLast(([seen]) => seen === wanted)?.[1] ?? {}, name);
}

export const challenge = (page: Page) => page.frameLocator('iframe[title="3D Secure challenge"]');
