import axe from "axe-core";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../chromium";
import { challenge, type Merchant, paymentFrame, startMerchant, typeCard } from "./merchant";

let merchant: Merchant;
let browser: Browser;

beforeAll(async () => {
  [merchant, browser] = await Promise.all([startMerchant(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await merchant?.close();
});

interface Look {
  theme: "stripe" | "night" | "flat";
  locale: "en" | "de";
  width: number;
}

const looks: Look[] = [
  { theme: "stripe", locale: "en", width: 800 },
  { theme: "night", locale: "de", width: 390 },
  { theme: "flat", locale: "en", width: 390 },
];

/** axe sees one document at a time, so a frame without a background of its own is given that of the page. */
async function violationsIn(frame: Frame): Promise<string[]> {
  const parent = frame.parentFrame();
  if (parent) {
    const behind = await parent.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await frame.evaluate((color) => {
      document.documentElement.style.background = color;
    }, behind);
  }
  const { violations } = (await frame.evaluate(
    `${axe.source}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], iframes: false })`,
  )) as { violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] };
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(", ")}`,
  );
}

async function expectAccessible(page: Page, what: string) {
  for (const frame of page.frames()) {
    expect(await violationsIn(frame), `${what}, ${frame.name() || "page"}`).toEqual([]);
    const overflow = await frame.evaluate(
      () => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth,
    );
    expect(overflow, `${what}, ${frame.name() || "page"} scrolls sideways`).toBeLessThanOrEqual(0);
  }
}

async function open({ theme, locale, width }: Look): Promise<Page> {
  const { stripe } = merchant;
  const customer = (await stripe.customers.create()).id;
  for (const token of ["pm_card_amex", "pm_card_visa"]) {
    const { id } = await stripe.paymentMethods.attach(token, { customer });
    await stripe.paymentMethods.update(id, { allow_redisplay: "always" });
  }
  const session = await stripe.customerSessions.create({
    customer,
    components: {
      payment_element: {
        enabled: true,
        features: {
          payment_method_redisplay: "enabled",
          payment_method_save: "enabled",
          payment_method_save_usage: "off_session",
          payment_method_remove: "enabled",
        },
      },
    },
  });
  const intent = await stripe.paymentIntents.create({ amount: 123456, currency: "usd", customer });
  const page = await merchant.open(browser, {
    viewport: { width, height: 900 },
    colorScheme: theme === "night" ? "dark" : "light",
    reducedMotion: "reduce",
  });
  await page.evaluate(
    ([clientSecret, customerSessionClientSecret, look, language]) => {
      if (look === "night") document.body.classList.add("dark");
      window.elements = window.stripe.elements({
        clientSecret,
        customerSessionClientSecret,
        appearance: { theme: look },
        locale: language,
      } as never);
      const { elements, place } = window;
      place(
        elements.create("address", { mode: "shipping", fields: { phone: "always" } } as never),
        "#address",
      );
      place(elements.create("payment"), "#payment");
      place(elements.create("cardNumber", { showIcon: true }), "#number");
      place(elements.create("cardExpiry"), "#expiry");
      place(elements.create("card"), "#cvc");
    },
    [intent.client_secret ?? "", session.client_secret, theme, locale] as const,
  );
  await page.waitForFunction(() => window.seen.filter(([name]) => name === "ready").length === 5);
  return page;
}

const confirm = (page: Page) =>
  page.evaluate(() => window.stripe.confirmPayment({ elements: window.elements, redirect: "if_required" }));

describe("WCAG 2.2 AA in every frame", () => {
  it.each(looks)("holds when asked to remove and with errors: %j", async (look) => {
    const page = await open(look);
    const frame = page.frameLocator("#payment iframe");
    await frame.getByRole("button", { name: /Visa/ }).first().click();
    await page.evaluate(() => window.elements.submit());
    await expectAccessible(page, "about to remove, the address not complete");
    await frame.getByRole("radio").last().check();
    await frame.locator("#number").fill("4242424242424241");
    await expectAccessible(page, "a number that is wrong");
    await page.context().close();
  });

  it.each(looks)("holds in the challenge: %j", async ({ theme, locale, width }) => {
    const intent = await merchant.stripe.paymentIntents.create({ amount: 123456, currency: "eur" });
    const page = await merchant.open(browser, { viewport: { width, height: 700 }, reducedMotion: "reduce" });
    await page.evaluate(
      ([clientSecret, look, language]) => {
        if (look === "night") document.body.classList.add("dark");
        window.elements = window.stripe.elements({
          clientSecret,
          appearance: { theme: look },
          locale: language,
        } as never);
        window.place(window.elements.create("payment"), "#payment");
      },
      [intent.client_secret ?? "", theme, locale] as const,
    );
    await page.waitForFunction(() => window.seen.some(([name]) => name === "ready"));
    const german = locale === "de";
    if (german) {
      await paymentFrame(page).getByLabel("Kartennummer").fill("4000002760003184");
      await paymentFrame(page).getByLabel("Ablaufdatum").fill("12 / 34");
      await paymentFrame(page).getByLabel("Sicherheitscode").fill("123");
      const zip = paymentFrame(page).getByLabel("Postleitzahl");
      if (await zip.isVisible()) await zip.fill("94107");
    } else await typeCard(page, "4000002760003184");
    const pending = confirm(page);
    const complete = challenge(page).getByRole("button", {
      name: german ? "Authentifizierung abschließen" : "Complete authentication",
    });
    await complete.waitFor();
    await challenge(page)
      .getByText(german ? "1.234,56" : "€1,234.56")
      .waitFor();
    await expectAccessible(page, "challenge");
    expect(await complete.evaluate((button) => button === document.activeElement)).toBe(true);
    await complete.click();
    expect((await pending).paymentIntent?.status).toBe("succeeded");
    await page.context().close();
  });

  it("goes from field to field with the tabulator, in the order they are seen", async () => {
    const page = await open({ theme: "stripe", locale: "en", width: 800 });
    const stops: string[] = [];
    await page.locator("h1").click();
    for (let stop = 0; stop < 20; stop += 1) {
      await page.keyboard.press("Tab");
      const focused = await Promise.all(
        page.frames().map((frame) =>
          frame.evaluate(() => {
            const { activeElement: active } = document;
            if (!document.hasFocus() || !active || active.matches("body, iframe")) return "";
            return active.getAttribute("aria-label") ?? (active as HTMLInputElement).id ?? "";
          }),
        ),
      );
      const name = focused.filter(Boolean).at(-1);
      if (name !== undefined) stops.push(name || "radio");
      if (stops.at(-1) === "postalCode") break;
    }
    const address = ["name", "country", "line1", "line2", "postal_code", "city", "state", "phone"];
    expect(stops.slice(0, address.length)).toEqual(address);
    expect(stops.join(" ")).toMatch(
      /Remove Visa •••• 4242.* Remove American Express •••• 0005.* number expiry number expiry cvc postalCode/,
    );
    await page.context().close();
  });
});
