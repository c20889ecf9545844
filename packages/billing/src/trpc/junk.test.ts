import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CustomerSession, type Harness, harness, type StaffSession } from "../testing/harness";
import { everyProcedure } from "../testing/procedures";

let h: Harness;
let member: CustomerSession;
let staff: StaffSession;

beforeAll(async () => {
  h = await harness();
  [member, staff] = await Promise.all([h.asCustomer(), h.asStaff("admin")]);
});
afterAll(() => h.close());

const nasty = fc.oneof(
  fc.constantFrom(
    "",
    "\u0000",
    "in_\u0000",
    "\ud800",
    "'; DROP TABLE invoice; --",
    "../../etc/passwd",
    "%00",
    "🧾".repeat(60),
    "x".repeat(100_000),
  ),
  fc.constantFrom(0, -1, 1.5, Number.MAX_SAFE_INTEGER + 2, Number.NaN, Number.POSITIVE_INFINITY, 1e300),
  fc.constantFrom(null, true, [], {}, { $ne: null }, { __proto__: null, toString: 1 }, new Date(0)),
  fc.string(),
  fc.uuid(),
  fc.integer(),
);

const inputs = everyProcedure.flatMap((procedure) => {
  const { input } = procedure;
  return input ? [[`${procedure.router} ${procedure.path}`, procedure, input] as const] : [];
});

describe.each(inputs)("%s", (_title, procedure, schema) => {
  const junk = fc.oneof(
    { weight: 1, arbitrary: fc.anything() },
    {
      weight: 4,
      arbitrary: fc.record(Object.fromEntries(Object.keys(schema.shape).map((field) => [field, nasty])), {
        requiredKeys: [],
      }),
    },
  );

  test("junk is a bad request, and nothing is a fault of ours", async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(junk, async (input) => {
        // A purchase costs one of thirty tries in an hour, a refund or a redrive one of sixty; here each try is somebody's first.
        await h.billing.limits.purchase.forget(member.customerId);
        await h.billing.limits.refund.forget(staff.ctx.actor.id);
        await h.billing.limits.redrive.forget(staff.ctx.actor.id);
        const outcome = await procedure.call(procedure.router === "customer" ? member.ctx : staff.ctx, input);
        if (outcome.ok) return;
        expect(outcome.code, String(outcome.error.cause)).not.toBe("INTERNAL_SERVER_ERROR");
        if (outcome.code === "BAD_REQUEST") refused += 1;
        if (!schema.safeParse(input).success && input !== undefined) expect(outcome.code).toBe("BAD_REQUEST");
      }),
      { numRuns: 60 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(h.log.entries.filter(({ message }) => message === "procedure failed")).toEqual([]);
  });
});
