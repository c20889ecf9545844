import { describe, expect, test } from "vitest";
import { readEnv } from "./env";
import { validEnv } from "./testing/valid-env";

const live = {
  STRIPE_SECRET_KEY: "rk_live_abc",
  STRIPE_PUBLISHABLE_KEY: "pk_live_abc",
  STRIPE_API_BASE: "",
  STRIPE_JS_URL: "",
};

test("the smallest environment is enough, with the documented ports", () => {
  const { API_PORT, DASHBOARD_PORT, ADMIN_PORT, ...rest } = validEnv;
  expect(readEnv(rest)).toMatchObject({
    API_PORT: 4000,
    DASHBOARD_PORT: 3000,
    ADMIN_PORT: 3001,
    DASHBOARD_ORIGIN: "http://localhost:3000",
    TRUSTED_ORIGINS: [],
  });
});

test("lists are split and blanks mean absent", () => {
  const env = readEnv({
    ...validEnv,
    TRUSTED_ORIGINS: "http://localhost:5173, http://localhost:5174,",
    DASHBOARD_DIST: "",
  });
  expect(env.TRUSTED_ORIGINS).toEqual(["http://localhost:5173", "http://localhost:5174"]);
  expect(env.DASHBOARD_DIST).toBeUndefined();
});

test("every problem is told at once, and no value", () => {
  const attempt = () =>
    readEnv({
      STRIPE_SECRET_KEY: "topsecret",
      AUTH_SECRET: "tooshort",
      API_PORT: "http",
      DASHBOARD_ORIGIN: "x",
    });
  for (const name of ["DATABASE_URL", "STRIPE_SECRET_KEY", "AUTH_SECRET", "API_PORT", "DASHBOARD_ORIGIN"]) {
    expect(attempt).toThrow(name);
  }
  expect(attempt).not.toThrow(/topsecret|tooshort/);
});

describe("boot refuses", () => {
  test.each([
    [
      "a live key with another API",
      { ...live, STRIPE_API_BASE: "http://127.0.0.1:12111" },
      "STRIPE_API_BASE",
    ],
    [
      "a live key with a stand-in script",
      { ...live, STRIPE_JS_URL: "http://x.test/stripe.js" },
      "STRIPE_JS_URL",
    ],
    ["keys of two modes", { STRIPE_PUBLISHABLE_KEY: "pk_live_abc" }, "STRIPE_PUBLISHABLE_KEY"],
    ["a blank secret key", { STRIPE_SECRET_KEY: "  " }, "STRIPE_SECRET_KEY"],
    ["a publishable key as the secret one", { STRIPE_SECRET_KEY: "pk_test_farebox" }, "STRIPE_SECRET_KEY"],
    ["a blank session secret", { AUTH_SECRET: " ".repeat(40) }, "AUTH_SECRET"],
    ["half a sandbox", { STRIPE_JS_URL: "" }, "STRIPE_JS_URL"],
    [
      "a test key in production",
      { NODE_ENV: "production", STRIPE_API_BASE: "", STRIPE_JS_URL: "" },
      "ALLOW_TEST_KEYS",
    ],
    [
      "the sandbox's script in production",
      { NODE_ENV: "production", ALLOW_TEST_KEYS: "true" },
      "STRIPE_JS_URL",
    ],
    ["one origin for both apps", { ADMIN_ORIGIN: "http://localhost:3000" }, "ADMIN_ORIGIN"],
    ["an origin with a path", { DASHBOARD_ORIGIN: "https://example.com/billing" }, "DASHBOARD_ORIGIN"],
    ["a port that is none", { API_PORT: "70000" }, "API_PORT"],
  ])("%s", (_what, change, named) => {
    expect(() => readEnv({ ...validEnv, ...change })).toThrow(named);
  });

  test.each([
    ["a live set-up", { ...live, NODE_ENV: "production" }],
    [
      "test keys in production when that is meant",
      { NODE_ENV: "production", ALLOW_TEST_KEYS: "true", STRIPE_API_BASE: "", STRIPE_JS_URL: "" },
    ],
  ])("but not %s", (_what, change) => {
    expect(readEnv({ ...validEnv, ...change }).NODE_ENV).toBe("production");
  });
});
