import { expect, it } from "vitest";
import { openQuote, type QuoteContent, signQuote } from "./token";

const content = { id: "q", customerId: "cus", total: 100 } as unknown as QuoteContent;
const secret = "a secret that only this test would use";

it("opens what was signed, and nothing else", () => {
  const token = signQuote(secret, content);
  expect(openQuote(secret, token)).toEqual(content);
  expect(openQuote("another secret", token)).toBeNull();
  const [body = "", signature = ""] = token.split(".");
  const cheaper = Buffer.from(JSON.stringify({ ...content, total: 1 })).toString("base64url");
  for (const forged of [
    "",
    ".",
    body,
    `${body}.`,
    `${cheaper}.${signature}`,
    `${token}.x`,
    `${body}.${"A".repeat(43)}`,
  ]) {
    expect(openQuote(secret, forged), forged).toBeNull();
  }
});
