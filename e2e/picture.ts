import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, onTestFailed } from "vitest";

const folder = fileURLToPath(new URL("artifacts", import.meta.url));

/** What the page looked like when the test gave up, in e2e/artifacts. */
export function pictureIfFailed(page: Page): void {
  const name = (expect.getState().currentTestName ?? "test").replaceAll(/\W+/g, "-");
  onTestFailed(async () => {
    await page.screenshot({ path: `${folder}/${name}.png` });
  });
}
