import type { BetterAuthOptions } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type pg from "pg";
import { openLimiter } from "../rate-limits/limiter";
import { networkOf } from "./network-of";
import { clientAddressHeader, type SignInLimits } from "./resolve-actor";

export type Audience = "member" | "staff";

const defaults: SignInLimits = { perAddress: 30, failures: 10 };
const failureWindowSeconds = 15 * 60;

/** Guessing one account is slow from anywhere: counted in the database, for all processes together. */
export function signInLimits(pool: pg.Pool, audience: Audience, limits = defaults) {
  const failures = openLimiter(pool, `sign-in-${audience}`, {
    calls: limits.failures,
    perSeconds: failureWindowSeconds,
  });
  const perMinute = { window: 60, max: limits.perAddress };
  return {
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: {
        "/sign-in/email": perMinute,
        "/sign-up/email": perMinute,
        "/change-password": perMinute,
        "/get-session": false,
      },
      customStorage: sharedCounters(pool, audience),
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        // Whoever changes a password may do so because somebody else knows it.
        if (ctx.path === "/change-password")
          return { context: { body: { ...ctx.body, revokeOtherSessions: true } } };
        if (ctx.path !== "/sign-in/email") return;
        const wait = await failures.consume(attemptKey(ctx));
        if (wait !== null) throw tooMany(wait);
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (ctx.path === "/sign-in/email" && ctx.context.newSession) await failures.forget(attemptKey(ctx));
      }),
    },
  } satisfies Pick<BetterAuthOptions, "rateLimit" | "hooks">;
}

function attemptKey({
  body,
  headers,
}: {
  body?: { email?: unknown };
  headers?: Headers | undefined;
}): string {
  const address = headers?.get(clientAddressHeader);
  return `${address ? networkOf(address) : "unknown"} ${String(body?.email).toLowerCase()}`;
}

function tooMany(wait: number): APIError {
  const minutes = Math.ceil(wait / 60);
  return new APIError("TOO_MANY_REQUESTS", {
    code: "TOO_MANY_ATTEMPTS",
    message: `Too many attempts. Please try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
  });
}

function sharedCounters(pool: pg.Pool, audience: Audience) {
  const limiters = new Map<string, ReturnType<typeof openLimiter>>();
  const limiterOf = (window: number, max: number) => {
    const id = `${window}-${max}`;
    const known = limiters.get(id);
    if (known) return known;
    const limiter = openLimiter(pool, `auth-${audience}-${id}`, { calls: max, perSeconds: window });
    limiters.set(id, limiter);
    return limiter;
  };
  return {
    async consume(key: string, rule: { window: number; max: number }) {
      const retryAfter = await limiterOf(rule.window, rule.max).consume(key);
      return { allowed: retryAfter === null, retryAfter };
    },
  };
}
