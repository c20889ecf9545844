import { createStaff } from "@farebox/billing";
import { until } from "@farebox/billing/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  adminOrigin,
  cookieOf,
  dashboardOrigin,
  openStream,
  type TestServer,
  testServer,
} from "./testing/test-server";

let server: TestServer;
let memberCookie: string;
let staffCookie: string;

const password = "correct horse battery";
const ada = { name: "Ada", email: "ada@example.com", password, company: "Ada Ltd" };
const sam = { name: "Sam", email: "sam@farebox.example", password };

beforeAll(async () => {
  server = await testServer();
  memberCookie = cookieOf(await server.call("dashboard", "/api/auth/member/sign-up/email", { body: ada }));
  await createStaff(server.billing, { ...sam, role: "support" });
  staffCookie = cookieOf(await server.call("admin", "/api/auth/staff/sign-in/email", { body: sam }));
});
afterAll(() => server.close());

describe("sign-in over HTTP", () => {
  test("signing up, the session, and a procedure with its cookie, through both ports", async () => {
    for (const site of ["dashboard", "api"] as const) {
      const session = await server.call(site, "/trpc/customer/session.get", { cookie: memberCookie });
      expect(session.status).toBe(200);
      expect(await session.json()).toMatchObject({
        result: { data: { member: { email: ada.email, role: "owner" }, customer: { name: "Ada Ltd" } } },
      });
    }
    const known = await server.call("dashboard", "/api/auth/member/get-session", { cookie: memberCookie });
    expect(await known.json()).toMatchObject({ user: { email: ada.email } });
  });

  test("staff see their own session, and nobody else's cookie opens the console", async () => {
    const session = await server.call("admin", "/trpc/admin/session.get", { cookie: staffCookie });
    expect(await session.json()).toMatchObject({ result: { data: { staff: { role: "support" } } } });
    for (const cookie of [memberCookie, "", memberCookie.replace("member", "staff")]) {
      const refused = await server.call("admin", "/trpc/admin/session.get", { cookie });
      expect(refused.status).toBe(401);
    }
    expect(
      (await server.call("dashboard", "/trpc/customer/session.get", { cookie: staffCookie })).status,
    ).toBe(401);
  });

  test("both cookies side by side, as on localhost where ports share them", async () => {
    const cookie = `${memberCookie}; ${staffCookie}`;
    expect((await server.call("dashboard", "/trpc/customer/session.get", { cookie })).status).toBe(200);
    expect((await server.call("admin", "/trpc/admin/session.get", { cookie })).status).toBe(200);
  });

  test.each([
    ["with an empty object", { body: {} }],
    ["without a body", { method: "POST", headers: { "content-type": "application/json" } }],
  ])("signing out ends it, %s", async (what, request) => {
    const body = { ...ada, email: `leaver-${what.length}@example.com` };
    const cookie = cookieOf(await server.call("dashboard", "/api/auth/member/sign-up/email", { body }));
    const answer = await server.call("dashboard", "/api/auth/member/sign-out", { ...request, cookie });
    expect(answer.status).toBe(200);
    expect((await server.call("dashboard", "/trpc/customer/session.get", { cookie })).status).toBe(401);
  });

  test("an address in a header of the client's is not believed", async () => {
    const spoofed = { "x-farebox-client-address": "203.0.113.9", "x-forwarded-for": "203.0.113.9" };
    await server.call("dashboard", "/api/auth/member/sign-in/email", { body: ada, headers: spoofed });
    const sessions = await server.billing.db.loginSession.findMany({ where: { user: { email: ada.email } } });
    expect(sessions.length).toBeGreaterThan(1);
    expect(sessions.filter(({ ipAddress }) => ipAddress?.startsWith("203"))).toEqual([]);
  });
});

describe("each site has only its own", () => {
  test.each([
    ["dashboard", "/trpc/admin/session.get"],
    ["dashboard", "/api/auth/staff/get-session"],
    ["dashboard", "/metrics.json"],
    ["admin", "/trpc/customer/config.get"],
    ["admin", "/api/auth/member/get-session"],
  ] as const)("%s does not answer %s", async (site, path) => {
    expect((await server.call(site, path)).status).toBe(404);
  });

  test.each(["/trpc/customer/config.get", "/trpc/admin/session.get"])("the api answers %s", async (path) => {
    expect((await server.call("api", path, { cookie: staffCookie })).status).toBe(200);
  });
});

describe("a request that changes something", () => {
  const path = "/trpc/customer/subscriptions.create";
  const body = { operationId: crypto.randomUUID(), planId: "nope", interval: "month", currency: "usd" };

  test.each([
    ["another page's origin", { origin: "https://evil.example" }, 403],
    ["a similar origin", { origin: `${dashboardOrigin}.evil.example` }, 403],
    ["the console's origin", { origin: adminOrigin }, 403],
    ["no origin", { origin: null }, 403],
    ["a null origin", { origin: "null" }, 403],
    ["a form's content type", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["a text body", { headers: { "content-type": "text/plain" } }, 415],
    [
      "multipart, which tRPC would take",
      { headers: { "content-type": "multipart/form-data; boundary=x" } },
      415,
    ],
  ])("is refused with %s", async (_what, change, status) => {
    const answer = await server.call("dashboard", path, { body, cookie: memberCookie, ...change });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code: "REQUEST_REFUSED" });
    const signIn = await server.call("dashboard", "/api/auth/member/sign-in/email", { body: ada, ...change });
    expect(signIn.status).toBe(status);
    expect(signIn.headers.getSetCookie()).toEqual([]);
  });

  test("passes the guard from our own page, by either name of this machine", async () => {
    for (const origin of [dashboardOrigin, "http://127.0.0.1:3000"]) {
      const answer = await server.call("dashboard", path, { body, cookie: memberCookie, origin });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { data: { reason: "invalid_input" } } });
    }
  });

  test("is not done by a GET", async () => {
    const input = encodeURIComponent(JSON.stringify(body));
    expect((await server.call("dashboard", `${path}?input=${input}`, { cookie: memberCookie })).status).toBe(
      405,
    );
  });

  test("is refused when it is too large", async () => {
    const huge = { ...body, planId: "x".repeat(200_000) };
    const answer = await server.call("dashboard", path, { body: huge, cookie: memberCookie });
    expect(answer.status).toBe(413);
  });
});

describe("answers", () => {
  test("carry a request id that is also in the error and the log, and are never cached", async () => {
    const headers = { "x-request-id": "from-the-balancer-1" };
    const answer = await server.call("dashboard", "/trpc/customer/session.get", { headers });
    expect(answer.headers.get("x-request-id")).toBe("from-the-balancer-1");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toMatchObject({ error: { data: { requestId: "from-the-balancer-1" } } });
    const lines = server.logLines.map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        requestId: "from-the-balancer-1",
        status: 401,
        path: "/trpc/customer/session.get",
      }),
    );
    const odd = await server.call("api", "/healthz", { headers: { "x-request-id": "a b" } });
    expect(odd.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });

  test("at most ten calls travel in one request", async () => {
    const batch = (size: number) => `/trpc/customer/${Array(size).fill("plans.list").join(",")}?batch=1`;
    expect((await server.call("dashboard", batch(10))).status).toBe(200);
    expect((await server.call("dashboard", batch(11))).status).toBe(400);
  });

  test("nothing anybody sent as a password or cookie is in the log", () => {
    const all = server.logLines.join("");
    expect(all).toContain("/api/auth/member/sign-up/email");
    expect(all).not.toContain(password);
    expect(all).not.toContain(memberCookie.split("=")[1]);
  });
});

describe("live updates", () => {
  test("a change reaches a browser through the site's port", async () => {
    const { customerId } = await server.billing.db.member.findFirstOrThrow({
      where: { login: { email: ada.email } },
    });
    const url = `http://127.0.0.1:${server.servers.ports.dashboard}/trpc/customer/live.changes`;
    const stream = await openStream(url, memberCookie);
    await until("the stream to open", () => stream.text().includes("connected"));
    const notify = (customer: string) =>
      server.billing.pool.query("SELECT pg_notify('farebox_changes', $1)", [
        JSON.stringify({ customerId: customer, nouns: ["invoices"] }),
      ]);
    await until("the change to arrive", async () => {
      await notify("somebody-else");
      await notify(customerId);
      return stream.text().includes('"invoices"');
    });
    expect(stream.text()).toContain(customerId);
    expect(stream.text()).not.toContain("somebody-else");
    stream.close();
  });

  test("are for signed-in people only", async () => {
    const answer = await server.call("dashboard", "/trpc/customer/live.changes", {
      headers: { accept: "text/event-stream" },
    });
    const stream = await answer.text();
    expect(stream).toContain("serialized-error");
    expect(stream).toContain("sign_in_required");
  });
});
