import { expect, test } from "vitest";
import { launchChromium } from "./chromium";

test("a real browser renders a page, runs its script and lays it out", async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.setContent("<h1>Łódź</h1><script>document.title = String(6 * 7)</script>");
    expect(await page.title()).toBe("42");
    expect((await page.locator("h1").boundingBox())?.height).toBeGreaterThan(10);
    expect((await page.screenshot()).length).toBeGreaterThan(1000);
  } finally {
    await browser.close();
  }
});
