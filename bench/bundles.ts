import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Program, root } from "./processes";

/** The servers as `npm start` runs them: the same bundles, flags and settings, on free ports. */
export const authSecret = randomBytes(32).toString("base64url");
export const dashboardOrigin = "http://localhost:3000";
export const webhookSecret = `whsec_${randomBytes(24).toString("hex")}`;

const stripe = {
  STRIPE_SECRET_KEY: "sk_test_farebox",
  STRIPE_PUBLISHABLE_KEY: "pk_test_farebox",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  STRIPE_JS_URL: "http://127.0.0.1:9/stripe.js",
};

export const apiProgram = (databaseUrl: string): Program => ({
  args: ["--enable-source-maps", join(root, "apps/api/dist/main.mjs")],
  env: {
    ...stripe,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret,
    DASHBOARD_ORIGIN: dashboardOrigin,
    API_PORT: "0",
    DASHBOARD_PORT: "0",
    ADMIN_PORT: "0",
    DASHBOARD_DIST: join(root, "apps/dashboard/dist"),
    ADMIN_DIST: join(root, "apps/admin/dist"),
  },
});

export const webhooksProgram = (
  databaseUrl: string,
  {
    role = "receive,work",
    bundle = join(root, "apps/webhooks/dist/main.mjs"),
  }: { role?: string; bundle?: string } = {},
): Program => ({
  args: ["--enable-source-maps", bundle],
  env: {
    ...stripe,
    DATABASE_URL: databaseUrl,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    WEBHOOKS_PORT: "0",
    ROLE: role,
  },
});

/** Read from the line that a server logs when it listens. */
export function portIn(line: string): number {
  const { port, ports } = JSON.parse(line) as { port?: number; ports?: { api: number } };
  const found = port ?? ports?.api;
  if (!found) throw new Error(`no port in ${line}`);
  return found;
}
