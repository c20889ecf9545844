import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { type MemberAbility, memberMay, type Permission, staffMay } from "../access/permissions";
import type { Actor, Billing, Ctx, MemberActor, StaffActor } from "../context";
import { BillingError, type ErrorCode } from "../errors";
import { limitTo } from "../rate-limits/limit-to";
import { holdsUnstorable } from "./unstorable";

/** What a request brings: nobody may be signed in yet. */
export interface RequestCtx extends Billing {
  actor: Actor | null;
  requestId: string;
  ip: string | null;
}

export type CustomerCtx = Ctx & { actor: MemberActor };
export type StaffCtx = Ctx & { actor: StaffActor };

type Access = { anyone: true } | { member: MemberAbility } | { staff: Permission };

const trpcCode = {
  NOT_FOUND: "NOT_FOUND",
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  INVALID: "BAD_REQUEST",
  CONFLICT: "CONFLICT",
  NOT_ALLOWED: "PRECONDITION_FAILED",
  PROVIDER_DECLINED: "PAYMENT_REQUIRED",
  INTERNAL: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, string>;

const internalMessage = "Something went wrong on our side. Nothing was charged twice; please try again.";

// Not exported: a procedure without an access rule cannot be written.
const t = initTRPC
  .context<RequestCtx>()
  .meta<{ access: Access }>()
  .create({
    // A silent stream is told from a dead one by its pings; a browser reconnects when they stop.
    // It ends now and then, so that a session that ended meanwhile is noticed.
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      maxDurationMs: 15 * 60_000,
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ shape, error, ctx }) {
      const cause = error.cause;
      const known = cause instanceof BillingError && cause.code !== "INTERNAL" ? cause : null;
      const invalid = cause instanceof ZodError ? cause : null;
      const hidden = !known && error.code === "INTERNAL_SERVER_ERROR";
      return {
        ...shape,
        message: hidden ? internalMessage : invalid ? firstIssue(invalid) : shape.message,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          reason: known?.reason ?? (invalid ? "invalid_input" : hidden ? "internal" : "request_refused"),
          details: known?.details ?? null,
          requestId: ctx?.requestId ?? null,
        },
      };
    },
  });

export const router = t.router;

// One middleware, not two: tRPC copies everything a call knows for each.
const base = t.procedure.use(async ({ ctx, path, getRawInput, next }) => {
  if (holdsUnstorable(await getRawInput())) throw outward(unstorable());
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof BillingError && cause.code !== "INTERNAL") throw outward(cause);
  if (result.error.code === "INTERNAL_SERVER_ERROR") {
    ctx.log.error({ err: cause, path, requestId: ctx.requestId }, "procedure failed");
  }
  return result;
});

function outward(cause: BillingError): TRPCError {
  return new TRPCError({ code: trpcCode[cause.code], message: cause.message, cause });
}

/** Found later it would be a fault of ours. */
function unstorable(): BillingError {
  const message = "This holds the character U+0000, half of a character, or too many levels.";
  return new BillingError("INVALID", "invalid_input", message);
}

/** For what a visitor may see before signing in. */
export const anyoneProcedure = base.meta({ access: { anyone: true } });

/** The customer comes from the session, never from input. */
export const customerProcedure = (ability: MemberAbility) =>
  base.meta({ access: { member: ability } }).use(async ({ ctx, next }) => {
    const { actor } = ctx;
    if (actor?.kind !== "member") throw signInFirst();
    if (!memberMay(actor.role, ability)) throw forbidden("Your role in this account does not allow this.");
    if (ability === "purchase") await limitTo(ctx.limits.purchase, actor.customerId, "in this account");
    return next({ ctx: { actor } });
  });

export const staffProcedure = (permission: Permission) =>
  base.meta({ access: { staff: permission } }).use(async ({ ctx, next }) => {
    const { actor } = ctx;
    if (actor?.kind !== "staff") throw signInFirst();
    if (!staffMay(actor.role, permission)) throw forbidden("Your role does not allow this.");
    if (permission === "refunds:create") await limitTo(ctx.limits.refund, actor.id, "by you");
    if (permission === "webhooks:redrive") await limitTo(ctx.limits.redrive, actor.id, "by you");
    return next({ ctx: { actor } });
  });

const signInFirst = () =>
  new BillingError("UNAUTHENTICATED", "sign_in_required", "Please sign in to continue.");

const forbidden = (message: string) => new BillingError("FORBIDDEN", "role_not_allowed", message);

function firstIssue(error: ZodError): string {
  const issue = error.issues[0];
  if (!issue) return "This input is not complete.";
  const where = issue.path.join(".");
  return where ? `${where}: ${issue.message}` : issue.message;
}
