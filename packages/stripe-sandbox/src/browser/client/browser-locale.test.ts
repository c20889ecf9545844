import { expect, it } from "vitest";
import { browserLocale } from "./browser-locale";

it("is a language tag that Intl takes", () => {
  expect(browserLocale("de-at")).toBe("de-AT");
  expect(browserLocale("en-US@posix")).toBe("en");
});
