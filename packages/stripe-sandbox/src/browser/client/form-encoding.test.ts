import { describe, expect, it } from "vitest";
import { encodeForm } from "./form-encoding";

describe("encodeForm", () => {
  it("writes nested objects and lists in brackets", () => {
    const encoded = encodeForm({
      payment_method_data: { card: { exp_year: 2034 } },
      expand: ["customer", "invoice"],
    });
    expect(encoded).toBe("payment_method_data[card][exp_year]=2034&expand[0]=customer&expand[1]=invoice");
  });

  it("leaves out undefined and clears with null", () => {
    expect(encodeForm({ kept: "a", left: undefined, cleared: null })).toBe("kept=a&cleared=");
  });

  it("escapes what would end a value or a key", () => {
    const encoded = encodeForm({ "a&b": "c=d&e f+ü", return_url: "http://localhost:3000/?x=[1]" });
    expect(new URLSearchParams(encoded).get("a&b")).toBe("c=d&e f+ü");
    expect(new URLSearchParams(encoded).get("return_url")).toBe("http://localhost:3000/?x=[1]");
  });

  it("keeps false and zero", () => {
    expect(encodeForm({ use_stripe_sdk: false, amount: 0 })).toBe("use_stripe_sdk=false&amount=0");
  });
});
