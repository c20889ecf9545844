import { expect, it } from "vitest";
import { readerLocale } from "./locale";

it("follows the reader's first English", () => {
  expect(readerLocale(["de-DE", "en-US", "en-GB"])).toBe("en-US");
  expect(readerLocale(["en"])).toBe("en");
  expect(readerLocale(["de-DE", "enx"])).toBe("en-GB");
  expect(readerLocale(["en-US@posix"])).toBe("en-GB");
});
