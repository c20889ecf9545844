import { expect, test } from "vitest";
import { openLog } from "./log";
import { redact, redactText } from "./redact";

test.each([
  ["4242424242424242", "[redacted]"],
  ["card 4000 0025 0000 3155 was used", "card [redacted] was used"],
  ["4242-4242-4242-4242", "[redacted]"],
  ["order 4242424242424241 stays", "order 4242424242424241 stays"],
  ["2026-11-21T20:30:00.000Z stays", "2026-11-21T20:30:00.000Z stays"],
  ["sk_test_51Habcdef and whsec_abcdefgh", "sk_test_[redacted] and whsec_[redacted]"],
  ["postgresql://me:pw@host:5432/db", "postgresql://[redacted]@host:5432/db"],
])("%s", (text, expected) => {
  expect(redactText(text)).toBe(expected);
});

test("fields that hold secrets are hidden at any depth, the rest is kept", () => {
  const logged = redact({
    headers: { Authorization: "Bearer x", cookie: "a=b", accept: "text/html" },
    body: [{ password: "p", email: "a@b.c", card: { number: "4242", cvc: "123", brand: "visa" } }],
    count: 3,
    nothing: null,
  });
  expect(logged).toEqual({
    headers: { Authorization: "[redacted]", cookie: "[redacted]", accept: "text/html" },
    body: [
      {
        password: "[redacted]",
        email: "a@b.c",
        card: { number: "[redacted]", cvc: "[redacted]", brand: "visa" },
      },
    ],
    count: 3,
    nothing: null,
  });
});

test("an error is logged with its causes, its message and stack redacted", () => {
  const lines: string[] = [];
  const log = openLog("info", { write: (line) => lines.push(line) });
  const error = new Error("with 4242424242424242", { cause: new Error("postgres://u:secret@db/x") });
  log.error({ err: error }, "failed for sk_live_abcdefgh");
  const [line = ""] = lines;
  expect(JSON.parse(line)).toMatchObject({
    level: "error",
    process: "api",
    msg: "failed for sk_live_[redacted]",
  });
  expect(line).toContain("with [redacted]");
  expect(line).not.toMatch(/4242424242424242|u:secret/);
});
