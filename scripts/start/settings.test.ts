import { describe, expect, test } from "vitest";
import { parseEnvFile } from "./env-file.mjs";
import { readSettings } from "./settings.mjs";

const start = { dev: false };
const real = (secret: string, publishable: string, webhook = "whsec_1") => ({
  STRIPE_SECRET_KEY: secret,
  STRIPE_PUBLISHABLE_KEY: publishable,
  STRIPE_WEBHOOK_SECRET: webhook,
});

describe(".env", () => {
  test.each([
    ["A=1", { A: "1" }],
    ["# words\n\nexport A = one two # why\n", { A: "one two" }],
    ["A=\"x # y\\nz\" # why\nB='$C'", { A: "x # y\nz", B: "$C" }],
    ["A=http://h/#part", { A: "http://h/#part" }],
    ["\uFEFFA=\r\nB=2\r\n", { A: "", B: "2" }],
  ])("%j is understood", (text, values) => expect(parseEnvFile(text, ".env")).toEqual(values));

  test.each([
    ["A=1\nnonsense", /^\.env:2 is not a setting/],
    ["1A=2", /^\.env:1 is not a setting/],
    ['A="open', /^\.env:1 opens a quote/],
    ['A="a" b', /^\.env:1 has text after the closing quote/],
    ["A=1\nA=2", /^\.env:2 sets A a second time/],
  ])("%j is refused with its line", (text, message) => {
    expect(() => parseEnvFile(text, ".env")).toThrow(message);
  });
});

describe("settings", () => {
  test("nothing set means the sandbox, the embedded database and the documented ports", () => {
    const settings = readSettings({}, start);
    expect(settings).toMatchObject({
      stripe: "sandbox",
      database: undefined,
      dashboardUrl: "http://localhost:3000",
    });
    expect(settings.ports).toEqual({
      API_PORT: 4000,
      DASHBOARD_PORT: 3000,
      ADMIN_PORT: 3001,
      WEBHOOKS_PORT: 4100,
      SANDBOX_PORT: 12_111,
    });
  });

  test("in development the web apps are Vite's", () => {
    const settings = readSettings({}, { dev: true });
    expect(settings).toMatchObject({
      dashboardUrl: "http://localhost:5173",
      adminUrl: "http://localhost:5174",
    });
    expect(settings.ports).not.toHaveProperty("DASHBOARD_PORT");
  });

  test("three keys mean real Stripe, and no sandbox port is needed", () => {
    const settings = readSettings(real("sk_test_1", "pk_test_1", "whsec_new, whsec_old"), start);
    expect(settings.stripe).toBe("test");
    expect(settings.ports).not.toHaveProperty("SANDBOX_PORT");
    expect(readSettings({ ...real("rk_live_1", "pk_live_1"), NODE_ENV: "production" }, start).stripe).toBe(
      "live",
    );
  });

  test.each([
    ["an empty key", { STRIPE_SECRET_KEY: " " }, /STRIPE_SECRET_KEY is empty/],
    [
      "one key of three",
      { STRIPE_SECRET_KEY: "sk_test_1" },
      /STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET/,
    ],
    ["live with test", real("sk_live_1", "pk_test_1"), /same mode/],
    ["test with live", real("sk_test_1", "pk_live_1"), /same mode/],
    ["keys swapped", real("pk_test_1", "sk_test_1"), /must begin with sk_test_/],
    ["no signing secret", real("sk_test_1", "pk_test_1", "secret"), /must begin with whsec_/],
    ["a sandbox key for real Stripe", real("sk_test_farebox", "pk_test_1"), /built-in sandbox/],
    [
      "a live key for another host",
      { ...real("sk_live_1", "pk_live_1"), STRIPE_API_BASE: "http://x" },
      /STRIPE_API_BASE/,
    ],
    [
      "test keys in production",
      { ...real("sk_test_1", "pk_test_1"), NODE_ENV: "production" },
      /ALLOW_TEST_KEYS/,
    ],
    ["the sandbox in production", { NODE_ENV: "production" }, /set live keys/],
    ["a port that is none", { API_PORT: "70000" }, /API_PORT is "70000"/],
    ["one port twice", { API_PORT: "3000" }, /API_PORT and DASHBOARD_PORT are both 3000/],
    ["a database that is no URL", { DATABASE_URL: "localhost" }, /DATABASE_URL is not a URL/],
    ["another kind of database", { DATABASE_URL: "mysql://h/d" }, /must look like postgresql/],
  ])("%s is refused", (_what, env, message) => expect(() => readSettings(env, start)).toThrow(message));

  test("a database URL is taken apart for the check that it answers", () => {
    const { database } = readSettings(
      { DATABASE_URL: "postgres://u:p@[::1]:6000/main?sslmode=require" },
      start,
    );
    expect(database).toMatchObject({ host: "::1", port: 6000, name: "main" });
  });
});
