import { z } from "zod";
import { type EndpointEnv, readEndpoints, secrets } from "./env-endpoints";

const roles = ["receive", "work"] as const;

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => value || undefined, schema.optional());

const Env = z
  .object({
    NODE_ENV: z.string().default("development"),
    DATABASE_URL: z
      .string("must be a postgresql:// address")
      .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// address"),
    DATABASE_CONNECTIONS: z.coerce.number().int().min(3).max(200).default(10),
    HOST: z.string().min(1).default("127.0.0.1"),
    WEBHOOKS_PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
    ROLE: z
      .string()
      .default("receive,work")
      .transform((list) => (list === "both" ? [...roles] : list.split(",").map((role) => role.trim())))
      .pipe(z.array(z.enum(roles, "must be receive, work or both")).min(1)),
    STRIPE_WEBHOOK_SECRET: secrets,
    STRIPE_ACCOUNT_ID: optional(z.string().regex(/^acct_\w+$/, "must be an id like acct_…")),
    STRIPE_LIVEMODE: optional(z.enum(["true", "false"])),
    STRIPE_SECRET_KEY: optional(z.string().regex(/^[sr]k_(test|live)_\w+$/, "must be a key like rk_live_…")),
    STRIPE_API_BASE: optional(z.url({ protocol: /^https?$/ })),
    STRIPE_READS_PER_SECOND: optional(z.coerce.number().min(1).max(1000)),
    EVENT_BODIES_DAYS: z.coerce.number().int().min(31).max(3650).default(90),
    EVENTS_POLL_SECONDS: z.coerce.number().int().min(10).max(86_400).default(300),
    SWEEP_HOURS: z.coerce.number().min(1).max(720).default(24),
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
    METRICS_TOKEN: optional(z.string().trim().min(16, "must have at least 16 characters")),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  })
  .superRefine((env, { addIssue }) => {
    const refuse = (name: string, message: string) => addIssue({ code: "custom", path: [name], message });
    if (env.ROLE.includes("receive") && env.STRIPE_WEBHOOK_SECRET.length === 0) {
      refuse("STRIPE_WEBHOOK_SECRET", "is missing: without it anybody could send events");
    }
    const { STRIPE_SECRET_KEY: key, STRIPE_LIVEMODE: livemode } = env;
    if (env.ROLE.includes("work") && !key)
      refuse("STRIPE_SECRET_KEY", "is missing: the worker reads from Stripe");
    if (env.NODE_ENV === "production" && !key && !livemode) {
      refuse("STRIPE_LIVEMODE", "is missing: without a key nothing else tells live events from test ones");
    }
    if (!key) return;
    const live = key.includes("k_live_");
    if (live && env.STRIPE_API_BASE) refuse("STRIPE_API_BASE", "must not be set with a live key");
    if (livemode && (livemode === "true") !== live) {
      refuse("STRIPE_LIVEMODE", "does not fit STRIPE_SECRET_KEY: one is live, the other is test");
    }
  })
  .transform(({ STRIPE_LIVEMODE, ...env }) => ({
    ...env,
    livemode: STRIPE_LIVEMODE
      ? STRIPE_LIVEMODE === "true"
      : (env.STRIPE_SECRET_KEY ?? "").includes("k_live_"),
  }));

export type Env = z.infer<typeof Env> & { endpoints: EndpointEnv[] };

/** Reports every problem at once, by variable, and never a value. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Env.safeParse(source);
  const { endpoints, problems } = readEndpoints(source);
  if (given.success && problems.length === 0) {
    const main: EndpointEnv = { id: "main", accounts: "own", secrets: given.data.STRIPE_WEBHOOK_SECRET };
    return { ...given.data, endpoints: [main, ...endpoints] };
  }
  const lines = given.error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];
  const all = [...lines, ...problems].map((line) => `  ${line}`);
  throw new Error(`The environment is not complete:\n${all.join("\n")}`);
}
