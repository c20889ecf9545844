import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { BillingError, type ErrorCode, errorCodes } from "../errors";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { anyoneProcedure, type RequestCtx, router } from "./procedures";

let billing: BareBilling;
let ctx: RequestCtx;

beforeAll(async () => {
  billing = await bareBilling();
  ctx = { ...billing, actor: null, requestId: "req_7", ip: null };
});
afterAll(() => billing.close());

const example = router({
  refuse: anyoneProcedure.input(z.enum(errorCodes)).query(({ input }) => {
    throw new BillingError(input, "the_reason", "The sentence.", { details: { left: 3 } });
  }),
  break: anyoneProcedure.query(() => {
    throw new Error("password of the database is hunter2");
  }),
  pay: anyoneProcedure
    .input(z.object({ amount: z.number().int().positive(), note: z.string().default("") }))
    .mutation(({ input }) => input),
});

async function shapeOf(call: () => Promise<unknown>) {
  const error = await call().then(
    () => null,
    (thrown) => thrown,
  );
  if (!(error instanceof TRPCError)) throw new Error("expected a TRPCError");
  const { code } = error;
  const shape = {
    code: -32000,
    message: error.message,
    data: { code, httpStatus: 0, path: "x", stack: "secret" },
  };
  const { errorFormatter } = example._def._config;
  return errorFormatter({ error, ctx, type: "query", path: "x", input: undefined, shape: shape as never });
}

test.each([
  ["NOT_FOUND", "NOT_FOUND"],
  ["UNAUTHENTICATED", "UNAUTHORIZED"],
  ["FORBIDDEN", "FORBIDDEN"],
  ["INVALID", "BAD_REQUEST"],
  ["CONFLICT", "CONFLICT"],
  ["NOT_ALLOWED", "PRECONDITION_FAILED"],
  ["PROVIDER_DECLINED", "PAYMENT_REQUIRED"],
] satisfies [ErrorCode, string][])(
  "%s reaches the browser as %s with its reason and sentence",
  async (code, mapped) => {
    const shape = await shapeOf(() => example.createCaller(ctx).refuse(code));
    expect(shape).toMatchObject({
      message: "The sentence.",
      data: { code: mapped, reason: "the_reason", details: { left: 3 }, requestId: "req_7" },
    });
  },
);

test.each(["INTERNAL", "unknown"] as const)(
  "%s is one fixed sentence outside and the whole story in the log",
  async (what) => {
    const caller = example.createCaller(ctx);
    billing.log.entries.length = 0;
    const shape = await shapeOf(() => (what === "INTERNAL" ? caller.refuse("INTERNAL") : caller.break()));
    expect(shape).toMatchObject({
      message: "Something went wrong on our side. Nothing was charged twice; please try again.",
      data: { code: "INTERNAL_SERVER_ERROR", reason: "internal", details: null, requestId: "req_7" },
    });
    expect(JSON.stringify(shape)).not.toMatch(/hunter2|stack|sentence\.$/);
    expect(billing.log.entries).toMatchObject([
      { level: "error", message: "procedure failed", fields: { requestId: "req_7", err: expect.any(Error) } },
    ]);
  },
);

test("wrong input names the field", async () => {
  const shape = await shapeOf(() => example.createCaller(ctx).pay({ amount: -1 }));
  expect(shape).toMatchObject({ data: { code: "BAD_REQUEST", reason: "invalid_input" } });
  expect(shape.message).toMatch(/^amount: /);
});

test.each([
  ["U+0000", { amount: 1, note: "a\u0000b" }],
  ["half of a character", { amount: 1, note: "a\ud83db" }],
  ["too many levels", JSON.parse(`${"[".repeat(40_000)}${"]".repeat(40_000)}`)],
])("what PostgreSQL cannot hold is refused at the door: %s", async (_what, input) => {
  const shape = await shapeOf(() => example.createCaller(ctx).pay(input));
  expect(shape).toMatchObject({ data: { code: "BAD_REQUEST", reason: "invalid_input" } });
});
