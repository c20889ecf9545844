import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
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
    apiBase = stripe.STRIPE_API_BASE,
  }: { role?: string; bundle?: string; apiBase?: string } = {},
): Program => ({
  args: ["--enable-source-maps", bundle],
  env: {
    ...stripe,
    STRIPE_API_BASE: apiBase,
    DATABASE_URL: databaseUrl,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    WEBHOOKS_PORT: "0",
    ROLE: role,
  },
});

export const sandboxProgram: Program = {
  args: [join(root, "packages/stripe-sandbox/dist/main.mjs")],
  env: { SANDBOX_PORT: "0" },
};

/** One file of a program of the bench, made like those of the servers; answers where it is. */
export async function bundled(name: string, entry: string, plugins: Plugin[] = []): Promise<string> {
  const outfile = join(root, "bench/dist", name, "main.mjs");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
    logLevel: "error",
    external: ["esbuild"],
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
    plugins,
  });
  return outfile;
}

interface Listening {
  port?: number;
  ports?: { api: number };
  listening?: string;
}

/** Read from the line that a server logs when it listens. */
export function portIn(line: string): number {
  const { port, ports, listening = "" } = JSON.parse(line) as Listening;
  const found = port ?? ports?.api ?? Number(/:(\d+)$/.exec(listening)?.[1]);
  if (!found) throw new Error(`no port in ${line}`);
  return found;
}
