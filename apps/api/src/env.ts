import { createHmac } from "node:crypto";
import { z } from "zod";

const flag = z
  .enum(["true", "false", "1", "0", ""])
  .default("")
  .transform((value) => value === "true" || value === "1");
const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);
const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    error: "must be an origin, such as https://billing.example.com, without a path",
  });
const origins = z
  .string()
  .default("")
  .transform((list) => list.split(",").flatMap((entry) => entry.trim() || []))
  .pipe(z.array(origin));
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => value || undefined, schema.optional());

const Env = z
  .object({
    NODE_ENV: z.string().default("development"),
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address"),
    DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(10),
    HOST: optional(z.string()),
    API_PORT: port(4000),
    DASHBOARD_PORT: port(3000),
    ADMIN_PORT: port(3001),
    DASHBOARD_ORIGIN: origin.default("http://localhost:3000"),
    ADMIN_ORIGIN: origin.default("http://localhost:3001"),
    TRUSTED_ORIGINS: origins,
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
    DASHBOARD_DIST: optional(z.string()),
    ADMIN_DIST: optional(z.string()),
    STRIPE_SECRET_KEY: z
      .string()
      .trim()
      .regex(/^[sr]k_(test|live)_\w+$/, "must be a key like sk_test_… or rk_live_…"),
    STRIPE_PUBLISHABLE_KEY: z
      .string()
      .trim()
      .regex(/^pk_(test|live)_\w+$/, "must be a key like pk_test_…"),
    STRIPE_API_BASE: optional(z.url({ protocol: /^https?$/ })),
    STRIPE_JS_URL: optional(z.url({ protocol: /^https?$/ })),
    ALLOW_TEST_KEYS: flag,
    AUTH_SECRET: z.string().trim().min(32, "must have at least 32 characters: openssl rand -base64 32"),
    QUOTE_SECRET: optional(
      z.string().trim().min(32, "must have at least 32 characters: openssl rand -base64 32"),
    ),
    METRICS_TOKEN: optional(z.string().trim().min(16, "must have at least 16 characters")),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  })
  .superRefine((env, { addIssue }) => {
    for (const [name, message] of mixedModes(env)) addIssue({ code: "custom", path: [name], message });
  });

export type Env = z.infer<typeof Env>;

interface Modes {
  NODE_ENV: string;
  STRIPE_SECRET_KEY: string;
  STRIPE_PUBLISHABLE_KEY: string;
  STRIPE_API_BASE?: string | undefined;
  STRIPE_JS_URL?: string | undefined;
  ALLOW_TEST_KEYS: boolean;
  DASHBOARD_ORIGIN: string;
  ADMIN_ORIGIN: string;
}

/** What each value may be alone and not together: money would move in the wrong world, or only seem to. */
function mixedModes(env: Modes): [keyof Modes, string][] {
  const live = env.STRIPE_SECRET_KEY.includes("k_live_");
  const production = env.NODE_ENV === "production";
  const refusals: [boolean, keyof Modes, string][] = [
    [
      env.STRIPE_PUBLISHABLE_KEY.startsWith("pk_live_") !== live,
      "STRIPE_PUBLISHABLE_KEY",
      "is not of the same mode as STRIPE_SECRET_KEY: one is live, the other is test",
    ],
    [live && !!env.STRIPE_API_BASE, "STRIPE_API_BASE", "must not be set with a live key"],
    [live && !!env.STRIPE_JS_URL, "STRIPE_JS_URL", "must not be set with a live key"],
    [
      !env.STRIPE_API_BASE !== !env.STRIPE_JS_URL,
      env.STRIPE_API_BASE ? "STRIPE_JS_URL" : "STRIPE_API_BASE",
      "must be set too: the sandbox stands in for both or for neither",
    ],
    [
      production && !live && !env.ALLOW_TEST_KEYS,
      "STRIPE_SECRET_KEY",
      "is a test key while NODE_ENV is production; set ALLOW_TEST_KEYS=true if that is meant",
    ],
    [
      production && !!env.STRIPE_JS_URL,
      "STRIPE_JS_URL",
      "must not be set in production: cards are typed into Stripe's own script only",
    ],
    [env.DASHBOARD_ORIGIN === env.ADMIN_ORIGIN, "ADMIN_ORIGIN", "must differ from DASHBOARD_ORIGIN"],
  ];
  return refusals
    .flatMap(([refused, name, message]) => (refused ? [[name, message] as const] : []))
    .map(([n, m]) => [n, m]);
}

/** Signs quotes; without one of its own it is derived from the secret of sessions. */
export const quoteSecretOf = ({ QUOTE_SECRET, AUTH_SECRET }: Env): string =>
  QUOTE_SECRET ?? createHmac("sha256", AUTH_SECRET).update("quotes").digest("hex");

/** Reports every problem at once, by variable, and never a value. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Env.safeParse(source, {
    error: ({ code, input }) => (code === "invalid_type" && input === undefined ? "is missing" : undefined),
  });
  if (given.success) return given.data;
  const lines = given.error.issues.map(({ path, message }) => `  ${path.join(".")} ${message}`);
  throw new Error(`The environment is not complete:\n${lines.join("\n")}`);
}
