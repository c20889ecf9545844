import { describe, expect, it } from "vitest";
import { readEnv } from "./env";

const complete = {
  DATABASE_URL: "postgresql://farebox@localhost/farebox",
  STRIPE_WEBHOOK_SECRET: "whsec_0123456789",
  STRIPE_SECRET_KEY: "sk_test_farebox",
};
const read = (fields: Record<string, string | undefined>) => readEnv({ ...complete, ...fields });

describe("a complete environment", () => {
  it("has both roles, on the usual port", () => {
    expect(read({})).toMatchObject({ ROLE: ["receive", "work"], WEBHOOKS_PORT: 4100, livemode: false });
  });

  it("needs no Stripe key to receive, and no webhook secret to work", () => {
    expect(read({ ROLE: "receive", STRIPE_SECRET_KEY: undefined }).STRIPE_SECRET_KEY).toBeUndefined();
    expect(read({ ROLE: "work", STRIPE_WEBHOOK_SECRET: undefined }).STRIPE_WEBHOOK_SECRET).toEqual([]);
  });

  it("tells a receiver without a key, in production, whether its events are live", () => {
    const receiver = { ROLE: "receive", STRIPE_SECRET_KEY: undefined, NODE_ENV: "production" };
    expect(() => read(receiver)).toThrow("STRIPE_LIVEMODE is missing");
    expect(read({ ...receiver, STRIPE_LIVEMODE: "true" }).livemode).toBe(true);
  });

  it("may have two secrets while one is replaced", () => {
    const { STRIPE_WEBHOOK_SECRET: secrets } = read({
      STRIPE_WEBHOOK_SECRET: "whsec_0123456789,whsec_9876543210",
    });
    expect(secrets).toEqual(["whsec_0123456789", "whsec_9876543210"]);
  });

  it("may be told both roles in one word", () => {
    expect(read({ ROLE: "both" }).ROLE).toEqual(["receive", "work"]);
  });

  it("has one endpoint, and more with a secret and a scope of their own", () => {
    expect(read({}).endpoints).toEqual([{ id: "main", accounts: "own", secrets: ["whsec_0123456789"] }]);
    const { endpoints } = read({
      STRIPE_WEBHOOK_ENDPOINTS: "connect=connected, one-two=acct_1+acct_2,next=own@2027-01-27.fern",
      STRIPE_WEBHOOK_SECRET_CONNECT: "whsec_of_connect",
      STRIPE_WEBHOOK_SECRET_ONE_TWO: "whsec_of_partners,whsec_of_partners_2",
      STRIPE_WEBHOOK_SECRET_NEXT: "whsec_of_the_next",
    });
    expect(endpoints.slice(1)).toEqual([
      { id: "connect", accounts: "connected", secrets: ["whsec_of_connect"] },
      {
        id: "one-two",
        accounts: ["acct_1", "acct_2"],
        secrets: ["whsec_of_partners", "whsec_of_partners_2"],
      },
      { id: "next", accounts: "own", secrets: ["whsec_of_the_next"], apiVersion: "2027-01-27.fern" },
    ]);
  });

  it("knows live from test by the key, or is told", () => {
    expect(read({ STRIPE_SECRET_KEY: "rk_live_farebox" }).livemode).toBe(true);
    expect(read({ ROLE: "receive", STRIPE_SECRET_KEY: undefined, STRIPE_LIVEMODE: "true" }).livemode).toBe(
      true,
    );
  });
});

describe("it does not start", () => {
  it.each([
    [
      "with an endpoint that has no secret",
      { STRIPE_WEBHOOK_ENDPOINTS: "connect=connected" },
      /_CONNECT is missing/,
    ],
    [
      "with an endpoint whose secret is padded",
      { STRIPE_WEBHOOK_ENDPOINTS: "connect=connected", STRIPE_WEBHOOK_SECRET_CONNECT: " whsec_0123456789" },
      /_CONNECT has white space/,
    ],
    ["with an endpoint without a scope", { STRIPE_WEBHOOK_ENDPOINTS: "connect" }, /must be like/],
    ["with a second main", { STRIPE_WEBHOOK_ENDPOINTS: "main=connected" }, /names main twice/],
    ["B02: without a secret", { STRIPE_WEBHOOK_SECRET: undefined }, /STRIPE_WEBHOOK_SECRET is missing/],
    ["B02: with an empty secret", { STRIPE_WEBHOOK_SECRET: "" }, /STRIPE_WEBHOOK_SECRET is missing/],
    [
      "B02: with a blank secret",
      { STRIPE_WEBHOOK_SECRET: "   " },
      /STRIPE_WEBHOOK_SECRET has a blank secret/,
    ],
    ["with a blank one in the list", { STRIPE_WEBHOOK_SECRET: "whsec_0123456789," }, /has a blank secret/],
    ["B02: with an untrimmed secret", { STRIPE_WEBHOOK_SECRET: "whsec_0123456789\n" }, /white space/],
    ["B02: with nothing but the beginning of one", { STRIPE_WEBHOOK_SECRET: "whsec_" }, /whsec_/],
    ["with something else as secret", { STRIPE_WEBHOOK_SECRET: "sk_test_farebox" }, /whsec_/],
    ["without a key to work with", { STRIPE_SECRET_KEY: undefined }, /STRIPE_SECRET_KEY is missing/],
    ["with another role", { ROLE: "receive,rest" }, /ROLE/],
    [
      "with a live key and the sandbox",
      { STRIPE_SECRET_KEY: "sk_live_x", STRIPE_API_BASE: "http://localhost:12111" },
      /API_BASE/,
    ],
    ["with a test key said to be live", { STRIPE_LIVEMODE: "true" }, /STRIPE_LIVEMODE/],
  ])("%s", (_case, fields, message) => {
    expect(() => read(fields)).toThrow(message);
  });

  it("and says everything that is wrong at once, but no value", () => {
    const wrong = () => readEnv({ STRIPE_WEBHOOK_SECRET: "hunter2", WEBHOOKS_PORT: "many", ROLE: "x" });
    expect(wrong).toThrow(/DATABASE_URL/);
    expect(wrong).toThrow(/WEBHOOKS_PORT/);
    expect(wrong).toThrow(/ROLE/);
    expect(wrong).not.toThrow(/hunter2/);
  });
});
