import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { createMemberLogin } from "./create-member-login";
import { ensureOwner } from "./ensure-owner";

let billing: BareBilling;

beforeAll(async () => {
  billing = await bareBilling();
});
afterAll(() => billing.close());

async function loginAlone(id: string) {
  const login = { id, name: `Name ${id}`, email: `${id}@example.com` };
  await billing.db.login.create({ data: login });
  return login;
}

test("ten at once make one customer, with one entry in the history", async () => {
  const login = await loginAlone("racer");
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => ensureOwner(billing.db, login, "Race Ltd")),
  );
  expect(new Set(answers.map(({ customerId }) => customerId)).size).toBe(1);
  const customerId = answers[0]?.customerId ?? "";
  expect(await billing.db.customer.count({ where: { email: login.email } })).toBe(1);
  expect(await billing.db.member.findMany({ where: { loginId: "racer" } })).toMatchObject([
    { customerId, role: "owner" },
  ]);
  expect(await billing.db.auditEntry.count({ where: { customerId, action: "customers.create" } })).toBe(1);
});

test("without a company the customer is called as its owner", async () => {
  const { customerId } = await ensureOwner(billing.db, await loginAlone("plain"), "  ");
  const customer = await billing.db.customer.findUniqueOrThrow({ where: { id: customerId } });
  expect(customer).toMatchObject({ name: "Name plain", email: "plain@example.com", stripeCustomerId: null });
});

test("a login that was given a role elsewhere keeps it", async () => {
  const owner = await ensureOwner(billing.db, await loginAlone("boss"));
  const guest = await loginAlone("guest");
  await billing.db.member.create({ data: { ...owner, loginId: guest.id, role: "viewer" } });
  expect(await ensureOwner(billing.db, guest)).toEqual({ customerId: owner.customerId, role: "viewer" });
});

test("the owner of a closed customer does not get a second one", async () => {
  const login = await loginAlone("closed");
  const before = await ensureOwner(billing.db, login);
  await billing.db.customer.update({ where: { id: before.customerId }, data: { deletedAt: new Date() } });
  expect(await ensureOwner(billing.db, login)).toEqual(before);
});

test("a taken email and a short password are refused with the reason", async () => {
  const person = { name: "Eve", email: "Eve@Example.com", password: "long enough", company: "Eve Ltd" };
  expect(await createMemberLogin(billing, person)).toMatchObject({
    kind: "member",
    email: "eve@example.com",
  });
  await expect(createMemberLogin(billing, person)).rejects.toMatchObject({ reason: "email_taken" });
  await expect(createMemberLogin(billing, { ...person, password: "short" })).rejects.toMatchObject({
    code: "INVALID",
  });
});
