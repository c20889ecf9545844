import { afterAll, beforeAll, expect, test } from "vitest";
import { createMemberLogin } from "../members/create-member-login";
import { createStaff } from "../staff/create-staff";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { clearExpiredSessions } from "./clear-expired";
import { memberSignIn } from "./member-sign-in";
import { clientAddressHeader, type SignIn } from "./resolve-actor";
import { staffSignIn } from "./staff-sign-in";

const origin = "http://localhost:3000";
const secret = "a secret that is long enough for tests";
let billing: BareBilling;
let members: SignIn;
let staff: SignIn;

beforeAll(async () => {
  billing = await bareBilling();
  members = memberSignIn(billing, { origin, secret });
  staff = staffSignIn(billing, { origin, secret });
});
afterAll(() => billing.close());

let address = 0;
/** Each call from another address unless told, so that limits meet only the tests that mean them. */
function post(signIn: SignIn, path: string, body: unknown, headers: Record<string, string> = {}) {
  address += 1;
  return signIn.handle(
    new Request(`${origin}${signIn.basePath}/${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin,
        [clientAddressHeader]: `192.0.2.${address}`,
        ...headers,
      },
      body: JSON.stringify(body),
    }),
  );
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const withCookie = (cookie: string) => new Request(origin, { headers: { cookie } });
const person = (name: string) => ({
  name,
  email: `${name}@example.com`,
  password: "correct horse battery",
});

test("who signs up is signed in, owns a customer, and stays the same after signing in again", async () => {
  const up = await post(members, "sign-up/email", { ...person("ada"), company: "Ada Ltd" });
  expect(up.status).toBe(200);
  const [cookie = ""] = up.headers.getSetCookie();
  expect(cookie).toMatch(/^farebox-member\.session_token=/);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect(cookie).not.toMatch(/Secure/);
  const actor = await members.resolveActor(withCookie(cookieOf(up)));
  expect(actor).toMatchObject({ kind: "member", name: "ada", email: "ada@example.com", role: "owner" });
  const customer = await billing.db.customer.findFirst({ where: { email: "ada@example.com" } });
  expect(customer).toMatchObject({ name: "Ada Ltd" });
  const again = await post(members, "sign-in/email", person("ada"));
  expect(await members.resolveActor(withCookie(cookieOf(again)))).toEqual(actor);
});

test("a sign-up that was cut before its customer heals when the session is used", async () => {
  const up = await post(members, "sign-up/email", person("cut"));
  const loginId = (await billing.db.login.findUniqueOrThrow({ where: { email: "cut@example.com" } })).id;
  await billing.db.member.deleteMany({ where: { loginId } });
  const [one, two] = await Promise.all([
    members.resolveActor(withCookie(cookieOf(up))),
    members.resolveActor(withCookie(cookieOf(up))),
  ]);
  expect(one).toMatchObject({ kind: "member", role: "owner" });
  expect(two).toEqual(one);
});

test("over https the cookie is Secure, and staff's is Strict", async () => {
  await createStaff(billing, { ...person("sam"), role: "support" });
  const https = staffSignIn(billing, { origin: "https://admin.example.com", secret });
  const answer = await post(https, "sign-in/email", person("sam"), { origin: "https://admin.example.com" });
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^__Secure-farebox-staff\.session_token=.*SameSite=Strict/,
  );
  expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure/);
  expect(await https.resolveActor(withCookie(cookieOf(answer)))).toMatchObject({
    kind: "staff",
    name: "sam",
  });
  expect(await staff.resolveActor(withCookie(cookieOf(answer)))).toBeNull();
});

test("the two audiences do not know each other's cookies or people", async () => {
  const member = await post(members, "sign-up/email", person("mia"));
  expect(await staff.resolveActor(withCookie(cookieOf(member)))).toBeNull();
  const renamed = cookieOf(member).replace("farebox-member", "farebox-staff");
  expect(await staff.resolveActor(withCookie(renamed))).toBeNull();
  expect((await post(staff, "sign-in/email", person("mia"))).status).toBe(401);
});

test("a member's cookie does not fit even a staff session with the same token", async () => {
  const { id } = await createStaff(billing, { ...person("twin"), role: "admin" });
  const cookie = cookieOf(await post(members, "sign-up/email", person("twin")));
  const token = decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? "";
  const session = { id: "twin", token, userId: id, expiresAt: new Date(Date.now() + 60_000) };
  expect(await billing.db.loginSession.count({ where: { token } })).toBe(1);
  await billing.db.staffSession.create({ data: session });
  expect(await staff.resolveActor(withCookie(cookie.replace("farebox-member", "farebox-staff")))).toBeNull();
});

test("staff cannot sign up, and nothing but the named paths exists", async () => {
  expect((await post(staff, "sign-up/email", person("intruder"))).status).toBe(404);
  expect((await post(members, "update-user", { name: "x" })).status).toBe(404);
  expect((await post(members, "sign-up/email/", person("slash"))).status).toBe(404);
  expect(await billing.db.staff.count({ where: { email: "intruder@example.com" } })).toBe(0);
});

test("a role that was taken away is gone with the next request, a deleted person at once", async () => {
  const { id } = await createStaff(billing, { ...person("rob"), role: "admin" });
  const cookie = cookieOf(await post(staff, "sign-in/email", person("rob")));
  expect(await staff.resolveActor(withCookie(cookie))).toMatchObject({ kind: "staff", role: "admin" });
  await billing.db.staff.update({ where: { id }, data: { role: "viewer" } });
  expect(await staff.resolveActor(withCookie(cookie))).toMatchObject({ role: "viewer" });
  await billing.db.staff.delete({ where: { id } });
  expect(await staff.resolveActor(withCookie(cookie))).toBeNull();
});

test("signing out ends the session everywhere the cookie went", async () => {
  const cookie = cookieOf(await post(members, "sign-up/email", person("out")));
  expect((await post(members, "sign-out", {}, { cookie })).status).toBe(200);
  expect(await members.resolveActor(withCookie(cookie))).toBeNull();
});

test("a new password ends every other session, whatever the browser asks for", async () => {
  const here = await post(members, "sign-up/email", person("pat"));
  const elsewhere = cookieOf(await post(members, "sign-in/email", person("pat")));
  const change = { currentPassword: person("pat").password, newPassword: "another long password" };
  const body = { ...change, revokeOtherSessions: false };
  const changed = await post(members, "change-password", body, { cookie: cookieOf(here) });
  expect(changed.status).toBe(200);
  expect(await members.resolveActor(withCookie(elsewhere))).toBeNull();
  expect(await members.resolveActor(withCookie(cookieOf(changed)))).toMatchObject({ name: "pat" });
});

test("a session that ran out is nobody's, in the library's eyes and ours", async () => {
  const cookie = cookieOf(await post(members, "sign-up/email", person("late")));
  const session = { where: { user: { email: "late@example.com" } }, data: { expiresAt: new Date() } };
  await billing.db.loginSession.updateMany(session);
  expect(await members.resolveActor(withCookie(cookie))).toBeNull();
  const known = await members.handle(
    new Request(`${origin}/api/auth/member/get-session`, { headers: { cookie } }),
  );
  expect(await known.json()).toBeNull();
});

test("sessions that ended are cleared away, others stay", async () => {
  await post(members, "sign-up/email", person("past"));
  const kept = cookieOf(await post(members, "sign-up/email", person("kept")));
  await createStaff(billing, { ...person("ended"), role: "viewer" });
  await post(staff, "sign-in/email", person("ended"));
  const ended = { expiresAt: new Date(Date.now() - 1_000) };
  await billing.db.loginSession.updateMany({ where: { user: { email: "past@example.com" } }, data: ended });
  await billing.db.staffSession.updateMany({ where: { user: { email: "ended@example.com" } }, data: ended });
  expect((await clearExpiredSessions(billing.pool, [])).length).toBeGreaterThanOrEqual(2);
  expect(await billing.db.loginSession.count({ where: { expiresAt: { lt: new Date() } } })).toBe(0);
  expect(await billing.db.staffSession.count({ where: { expiresAt: { lt: new Date() } } })).toBe(0);
  expect(await members.resolveActor(withCookie(kept))).toMatchObject({ name: "kept" });
});

test("a forged, empty or foreign-signed cookie is nobody", async () => {
  const cookie = cookieOf(await post(members, "sign-up/email", person("forge")));
  const other = memberSignIn(billing, { origin, secret: `${secret} of somebody else` });
  expect(await other.resolveActor(withCookie(cookie))).toBeNull();
  const [name, value = ""] = cookie.split("=");
  const [token = "", signature = ""] = decodeURIComponent(value).split(".");
  const changed = `${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}`;
  for (const bad of [
    `${name}=${encodeURIComponent(`${changed}.${signature}`)}`,
    `${name}=${token}`,
    `${name}=${token}.`,
    `${name}=%E0%A4%A`,
    `x${cookie}`,
    "farebox-member.session_token=",
    "farebox-member.session_token=abc.def",
    "%%%",
    "a=b",
  ]) {
    expect(await members.resolveActor(withCookie(bad))).toBeNull();
  }
});

test("a wrong password and an unknown email get the same answer", async () => {
  await createMemberLogin(billing, { ...person("known"), company: "Known" });
  const wrong = await post(members, "sign-in/email", { ...person("known"), password: "not the password" });
  const unknown = await post(members, "sign-in/email", person("unknown"));
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await wrong.json()).toEqual(await unknown.json());
});

test("a cross-site form cannot sign anybody in", async () => {
  const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await post(members, "sign-in/email", person("ada"), evil)).status).toBe(403);
});

test("guessing one account stops, counted over processes; a right password forgives", async () => {
  await createMemberLogin(billing, { ...person("target"), company: "Target" });
  const here = { [clientAddressHeader]: "198.51.100.7" };
  const limits = { perAddress: 1000, failures: 3 };
  const processes = [1, 2].map(() => memberSignIn(billing, { origin, secret, limits }));
  const guess = (index: number, password: string) =>
    post(processes[index % 2] as SignIn, "sign-in/email", { ...person("target"), password }, here);
  for (const index of [0, 1]) expect((await guess(index, "wrong password")).status).toBe(401);
  expect((await guess(2, person("target").password)).status).toBe(200);
  const answers = await Promise.all([3, 4, 5, 6, 7, 8].map((index) => guess(index, "wrong password")));
  expect(answers.map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429, 429]);
  const locked = await guess(9, person("target").password);
  expect(locked.status).toBe(429);
  expect(await locked.json()).toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
});

test("the addresses of one IPv6 subscriber count as one", async () => {
  await createMemberLogin(billing, { ...person("six"), company: "Six" });
  const strict = memberSignIn(billing, { origin, secret, limits: { perAddress: 1000, failures: 2 } });
  const wrong = { ...person("six"), password: "wrong password" };
  const statuses = [];
  for (const from of ["2001:db8:1:2::1", "2001:DB8:1:2:ffff::2", "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::1"]) {
    statuses.push((await post(strict, "sign-in/email", wrong, { [clientAddressHeader]: from })).status);
  }
  expect(statuses).toEqual([401, 401, 429, 401]);
});

test("one address may not try many accounts", async () => {
  const limited = memberSignIn(billing, { origin, secret, limits: { perAddress: 2, failures: 100 } });
  const here = { [clientAddressHeader]: "198.51.100.8" };
  const statuses = [];
  for (const name of ["one", "two", "three"]) {
    statuses.push((await post(limited, "sign-in/email", person(name), here)).status);
  }
  expect(statuses).toEqual([401, 401, 429]);
});

test.each([{}, { email: 1, password: [] }, { email: "x" }, []])(
  "junk is refused kindly: %j",
  async (junk) => {
    const answer = await post(members, "sign-in/email", junk);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  },
);
