import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { cookieOf, type TestServer, testServer } from "./testing/test-server";

let server: TestServer;
let cookie: string;

const ada = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
const rename = (from: string, to: string) => server.billing.pool.query(`ALTER TABLE ${from} RENAME TO ${to}`);

beforeAll(async () => {
  server = await testServer();
  cookie = cookieOf(await server.call("dashboard", "/api/auth/member/sign-up/email", { body: ada }));
});
afterAll(() => server.close());
beforeEach(() => rename("login_session", "away"));
afterEach(() => rename("away", "login_session"));

const inLog = (text: string) => server.logLines.filter((line) => line.includes(text));

test("a fault before the procedure is one sentence with the request's id, and told in the log", async () => {
  const answer = await server.call("dashboard", "/trpc/customer/session.get", {
    cookie,
    headers: { "x-request-id": "broken-request-1" },
  });
  expect(answer.status).toBe(500);
  const body = await answer.text();
  expect(body).toContain("Something went wrong on our side");
  expect(body).not.toMatch(/login_session|prisma|does not exist|\.ts:/i);
  expect(answer.headers.get("x-request-id")).toBe("broken-request-1");
  expect(inLog("broken-request-1").some((line) => line.includes('"level":"error"'))).toBe(true);
});

test("a fault in sign-in tells the browser nothing either", async () => {
  const answer = await server.call("dashboard", "/api/auth/member/sign-in/email", { body: ada });
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toMatch(/login_session|prisma|\.ts:/i);
  expect(inLog("sign-in failed").length).toBeGreaterThan(0);
});
