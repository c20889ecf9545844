import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberAbilities, memberRoles, permissions, staffRoles } from "../access/permissions";
import { type CustomerSession, type Harness, harness, type StaffSession } from "../testing/harness";
import { everyProcedure, type Procedure } from "../testing/procedures";
import type { RequestCtx } from "./procedures";

let h: Harness;
let member: CustomerSession;
let staff: StaffSession;

beforeAll(async () => {
  h = await harness();
  [member, staff] = await Promise.all([h.asCustomer(), h.asStaff("admin")]);
});
afterAll(() => h.close());

const of = (router: Procedure["router"]) => everyProcedure.filter((procedure) => procedure.router === router);
const guarded = everyProcedure.filter(({ access }) => access && !("anyone" in access));
const title = ({ router, path }: Procedure) => `${router} ${path}`;
const nobody = (): RequestCtx => ({ ...h.billing, actor: null, requestId: "req", ip: null });
const system = (): RequestCtx => ({ ...nobody(), actor: { kind: "system", id: "worker", name: "Worker" } });

test("the routers were read", () => {
  expect(of("customer").length).toBeGreaterThan(7);
  expect(of("admin").length).toBeGreaterThan(5);
  expect(guarded.length).toBeGreaterThan(10);
});

describe.each(everyProcedure.map((procedure) => [title(procedure), procedure] as const))(
  "%s",
  (_title, procedure) => {
    test("says who may call it, and only its own audience", () => {
      const { access, router, path } = procedure;
      expect(access).toBeDefined();
      const allowed = router === "customer" ? ["anyone", "member"] : ["staff"];
      expect(allowed).toContain(Object.keys(access ?? {})[0]);
      if (access && "anyone" in access)
        expect(["config.get", "plans.catalog", "plans.list", "invitations.open"]).toContain(path);
    });
  },
);

describe.each(guarded.map((procedure) => [title(procedure), procedure] as const))(
  "%s",
  (_title, procedure) => {
    test("refuses nobody, our own processes and the other audience, before it looks at the input", async () => {
      const others = [nobody(), system(), procedure.router === "customer" ? staff.ctx : member.ctx];
      for (const ctx of others) {
        for (const input of [undefined, { junk: true }]) {
          expect(await procedure.call(ctx, input)).toMatchObject({ ok: false, code: "UNAUTHORIZED" });
        }
      }
    });
  },
);

const staffCases = of("admin").flatMap((procedure) =>
  staffRoles.map((role) => [title(procedure), role, procedure] as const),
);

test.each(staffCases)("%s as %s: by the table of permissions", async (_title, role, procedure) => {
  const ctx = { ...staff.ctx, actor: { ...staff.ctx.actor, role } };
  const permission = procedure.access && "staff" in procedure.access ? procedure.access.staff : "";
  const allowed: readonly string[] = permissions[permission as keyof typeof permissions];
  const outcome = await procedure.call(ctx);
  const refused = !outcome.ok && outcome.code === "FORBIDDEN";
  expect(refused).toBe(!allowed.includes(role));
});

const memberCases = of("customer").flatMap((procedure) =>
  memberRoles.map((role) => [title(procedure), role, procedure] as const),
);

test.each(memberCases)("%s as %s: by the table of abilities", async (_title, role, procedure) => {
  const ctx = { ...member.ctx, actor: { ...member.ctx.actor, role } };
  const outcome = await procedure.call(ctx);
  const refused = !outcome.ok && outcome.code === "FORBIDDEN";
  const { access } = procedure;
  const ability = access && "member" in access ? access.member : null;
  const allowed: readonly string[] = ability
    ? memberAbilities[ability as keyof typeof memberAbilities]
    : memberRoles;
  expect(refused).toBe(!allowed.includes(role));
});

test("beyond thirty tries to buy in an hour the account has to wait, calls of a batch included", async () => {
  const { ctx, caller } = await h.asCustomer();
  const buy = everyProcedure.filter(
    ({ access }) => access && "member" in access && access.member === "purchase",
  );
  expect(buy.length).toBeGreaterThan(0);
  const [first] = buy;
  const outcomes = await Promise.all(Array.from({ length: 33 }, () => first?.call(ctx, { junk: true })));
  const codes = outcomes.map((outcome) => (outcome?.ok === false ? outcome.code : "ok"));
  expect(codes.filter((code) => code === "BAD_REQUEST")).toHaveLength(30);
  expect(codes.filter((code) => code === "PRECONDITION_FAILED")).toHaveLength(3);
  expect(await caller.subscriptions.current()).toBeNull();
});
