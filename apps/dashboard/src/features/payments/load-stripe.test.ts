import { describe, expect, it } from "vitest";
import { standInUrl } from "./load-stripe";

const stripeJsUrl = "http://127.0.0.1:12111/stripe.js";

describe("standInUrl", () => {
  it("is used in the sandbox only", () => {
    expect(standInUrl({ publishableKey: "pk_test_farebox", stripeJsUrl, sandbox: true })).toBe(stripeJsUrl);
    expect(standInUrl({ publishableKey: "pk_live_1", stripeJsUrl: null, sandbox: false })).toBeNull();
  });

  it.each([
    { publishableKey: "pk_test_farebox", stripeJsUrl, sandbox: false },
    { publishableKey: "pk_live_1", stripeJsUrl, sandbox: true },
  ])("is refused for %o", (config) => {
    expect(() => standInUrl(config)).toThrow("refused");
  });
});
