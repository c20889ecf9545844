import { expect, test } from "vitest";
import { jumpTarget } from "./jump-target";

test.each([
  ["in_1Q2w3E", { kind: "invoice", invoiceId: "in_1Q2w3E" }],
  ["  in_1Q2w3E\n", { kind: "invoice", invoiceId: "in_1Q2w3E" }],
  ["https://dashboard.stripe.com/test/invoices/in_9?x=1", { kind: "invoice", invoiceId: "in_9" }],
  ["https://dashboard.stripe.com/acct_1/test/customers/cus_7#top", { kind: "search", search: "cus_7" }],
  ["cus_7", { kind: "search", search: "cus_7" }],
  ["Ada in_love", { kind: "search", search: "Ada in_love" }],
  ["https://evil.example/in_9", { kind: "search", search: "https://evil.example/in_9" }],
  ["", { kind: "search", search: "" }],
] as const)("%j leads to %j", (text, target) => {
  expect(jumpTarget(text)).toEqual(target);
});
