import type { MemberActor, ResolveActor } from "@farebox/billing";
import { createMemberLogin } from "@farebox/billing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "./testing/test-server";

let server: TestServer;
let actor: MemberActor;

/** A host application's gateway that vouches for people by a header. */
const byHeader: ResolveActor = async ({ headers }) => (headers.get("x-vouched") === actor.id ? actor : null);

beforeAll(async () => {
  server = await testServer({ members: { resolveActor: byHeader } });
  actor = await createMemberLogin(server.billing, {
    name: "Ada",
    email: "ada@example.com",
    password: "never used here",
    company: "Ada Ltd",
  });
});
afterAll(() => server.close());

test("a host application says who is there", async () => {
  const session = (headers: Record<string, string>) =>
    server.call("dashboard", "/trpc/customer/session.get", { headers });
  expect((await session({ "x-vouched": actor.id })).status).toBe(200);
  expect((await session({})).status).toBe(401);
});

test("then our own sign-in is not served, and the console's still is", async () => {
  expect((await server.call("dashboard", "/api/auth/member/get-session")).status).toBe(404);
  expect((await server.call("admin", "/api/auth/staff/get-session")).status).toBe(200);
});
