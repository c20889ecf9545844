import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "./testing/test-server";

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

describe("the web apps", () => {
  test.each(["/", "/plans", "/invoices/in_123"])("every page address is the app: %s", async (path) => {
    const page = await server.call("dashboard", path);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<title>dashboard</title>");
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("cache-control")).toBe("no-cache");
  });

  test("each port has its own app", async () => {
    expect(await (await server.call("admin", "/")).text()).toContain("<title>admin</title>");
  });

  test("hashed files are kept for a year and travel packed", async () => {
    const script = await server.call("dashboard", "/assets/index-Ab3_9xQz.js", {
      headers: { "accept-encoding": "gzip" },
    });
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("content-encoding")).toBe("gzip");
    expect(Number(script.headers.get("content-length"))).toBeLessThan(500);
    expect(await script.text()).toContain("xxxx");
    const plain = await server.call("dashboard", "/assets/index-Ab3_9xQz.js", {
      headers: { "accept-encoding": "identity" },
    });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.text()).toHaveLength(5015);
  });

  test("a file without a hash is asked for again, and costs nothing when it is the same", async () => {
    const first = await server.call("dashboard", "/theme-boot.js");
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const again = await server.call("dashboard", "/theme-boot.js", {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  test.each([
    "/missing.js",
    "/assets/index-Ab3_9xQz.js.map",
    "/../package.json",
    "/%2e%2e/env.ts",
    "/..%2fenv.ts",
  ])("what was not built is not there: %s", async (path) => {
    expect((await server.call("dashboard", path)).status).toBe(404);
  });

  test("HEAD answers like GET without a body, and POST to a page does not", async () => {
    const head = await server.call("dashboard", "/", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await server.call("dashboard", "/plans", { body: {} })).status).toBe(404);
  });
});

describe("headers", () => {
  test("the dashboard may load the sandbox's script and frames and nothing else", async () => {
    const { headers } = await server.call("dashboard", "/");
    const policy = `${headers.get("content-security-policy")};`;
    expect(policy).toContain("script-src 'self' http://127.0.0.1:12111;");
    expect(policy).toContain("frame-src http://127.0.0.1:12111;");
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:12111;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("stripe.com");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  test("the console loads nothing from anywhere and frames nothing", async () => {
    const policy = (await server.call("admin", "/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-src 'none'");
    expect(policy).not.toMatch(/https?:/);
  });

  test("nothing allows another origin to read an answer", async () => {
    const answer = await server.call("api", "/trpc/customer/config.get", { origin: "https://evil.example" });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("for machines", () => {
  test("alive and ready", async () => {
    expect(await (await server.call("api", "/healthz")).json()).toEqual({ status: "ok" });
    expect(await (await server.call("api", "/readyz")).json()).toEqual({ status: "ready" });
  });

  test("not ready while a migration is missing", async () => {
    await server.billing.pool.query("ALTER TABLE _prisma_migrations RENAME TO elsewhere");
    const answer = await server.call("api", "/readyz");
    await server.billing.pool.query("ALTER TABLE elsewhere RENAME TO _prisma_migrations");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ reason: expect.stringContaining("migrations are pending") });
    expect((await server.call("api", "/healthz")).status).toBe(200);
  });

  test("metrics count requests by route and never by path", async () => {
    await server.call("api", "/trpc/customer/config.get");
    await server.call("api", "/some/secret/path");
    const text = await (await server.call("api", "/metrics")).text();
    expect(text).toMatch(/http_requests_total\{app="api",route="\/trpc\/customer",status="200"\} \d+/);
    expect(text).toContain('database_connections{state="open"}');
    expect(text).not.toContain("secret");
  });

  test.each([
    [undefined, 404, 404],
    ["metrics-token-of-32-characters-x", 401, 200],
  ])("metrics in production, with the token %s", async (token, toAnybody, toTheBearer) => {
    const variables = {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      ALLOW_TEST_KEYS: "true",
      STRIPE_API_BASE: "",
      STRIPE_JS_URL: "",
    };
    const production = await testServer({}, { ...variables, ...(token ? { METRICS_TOKEN: token } : {}) });
    const headers = { authorization: `Bearer ${token}` };
    expect((await production.call("api", "/metrics")).status).toBe(toAnybody);
    expect((await production.call("api", "/metrics", { headers })).status).toBe(toTheBearer);
    expect((await production.call("api", "/healthz")).status).toBe(200);
    await production.close();
  });
});
