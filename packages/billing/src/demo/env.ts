import { z } from "zod";

const Env = z.object({
  DATABASE_URL: z.url(),
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_PUBLISHABLE_KEY: z.string().default(""),
  STRIPE_API_BASE: z.string().default(""),
  AUTH_SECRET: z.string().min(16).default("only used to hash nothing in the seed"),
});

export type DemoEnv = z.infer<typeof Env>;

/** Every problem at once, each with the variable's name. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): DemoEnv {
  const parsed = Env.safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`environment: ${problems.join("; ")}`);
}
