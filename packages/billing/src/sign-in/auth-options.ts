import { randomUUID } from "node:crypto";
import type { BetterAuthOptions } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import type { Billing } from "../context";
import { passwordLength } from "./credentials";
import { type Audience, signInLimits } from "./limits";
import { clientAddressHeader, type SignInOptions } from "./resolve-actor";
import { cookiePrefix, cookieSecret, isSecure } from "./session-cookie";

const day = 24 * 60 * 60;

const settings = {
  member: { model: "login", sameSite: "lax", expiresIn: 14 * day, signUp: true },
  staff: { model: "staff", sameSite: "strict", expiresIn: day / 2, signUp: false },
} as const satisfies Record<Audience, unknown>;

/** Two of everything for two audiences: tables, cookies, secrets, paths, limits. */
export function authOptions(billing: Billing, audience: Audience, options: SignInOptions) {
  const { model, sameSite, expiresIn, signUp } = settings[audience];
  const { hooks, rateLimit } = signInLimits(billing.pool, audience, options.limits);
  return {
    appName: "Farebox",
    baseURL: options.origin,
    basePath: `/api/auth/${audience}`,
    secret: cookieSecret(audience, options.secret),
    trustedOrigins: options.trustedOrigins ?? [],
    database: prismaAdapter(billing.db, { provider: "postgresql" }),
    user: { modelName: model },
    session: { modelName: `${model}Session`, expiresIn, cookieCache: { enabled: false } },
    account: { modelName: `${model}Credential` },
    verification: { modelName: `${model}Verification` },
    emailAndPassword: {
      enabled: true,
      disableSignUp: !signUp,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    advanced: {
      cookiePrefix: cookiePrefix(audience),
      useSecureCookies: isSecure(options),
      defaultCookieAttributes: { httpOnly: true, sameSite },
      // Named because the library turns both off by itself wherever tests run.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    rateLimit,
    hooks,
    logger: {
      level: "warn",
      log: (level, message) => billing.log[level]({ audience }, `sign-in: ${message}`),
    },
    // Left to `answer.ts`: the library would print the error, with all it carries, to the console.
    onAPIError: { throw: true },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions;
}
