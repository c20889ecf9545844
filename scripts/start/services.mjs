import { get } from "node:http";
import { inRoot, sandboxDir } from "./paths.mjs";

const TSX = inRoot("node_modules", "tsx", "dist", "cli.mjs");

/** The environment each server is given on top of our own. */
export function serverEnvironment(settings, { env, secrets, databaseUrl }) {
  const { ports, sandboxUrl } = settings;
  const stripe = sandboxUrl
    ? {
        STRIPE_SECRET_KEY: "sk_test_farebox",
        STRIPE_PUBLISHABLE_KEY: "pk_test_farebox",
        STRIPE_WEBHOOK_SECRET: secrets.webhookSecret,
        STRIPE_API_BASE: sandboxUrl,
        STRIPE_JS_URL: `${sandboxUrl}/stripe.js`,
        SANDBOX_URL: sandboxUrl,
        SANDBOX_PORT: String(ports.SANDBOX_PORT),
        SANDBOX_DATA_DIR: sandboxDir,
        SANDBOX_FORWARD: `http://127.0.0.1:${ports.WEBHOOKS_PORT}/stripe/main=${secrets.webhookSecret}`,
      }
    : {};
  return {
    AUTH_SECRET: secrets.authSecret,
    LOG_LEVEL: "info",
    ROLE: "receive,work",
    ...env,
    ...stripe,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    DATABASE_URL: databaseUrl,
    DASHBOARD_ORIGIN: settings.dashboardUrl,
    ADMIN_ORIGIN: settings.adminUrl,
    API_URL: settings.apiUrl,
    WEBHOOKS_URL: settings.webhooksUrl,
    ...(settings.dev
      ? {}
      : { DASHBOARD_DIST: inRoot("apps/dashboard/dist"), ADMIN_DIST: inRoot("apps/admin/dist") }),
  };
}

export function sandboxService(settings, env) {
  const { SANDBOX_PORT } = settings.ports;
  return {
    ...server("sandbox", "The Stripe sandbox", "packages/stripe-sandbox", settings, env),
    ready: (log) =>
      log.recent().some((line) => line.startsWith('{"listening"')) || answers(SANDBOX_PORT, "/"),
  };
}

/** The servers that need the database, in the order they are listed. */
export function appServices(settings, env) {
  const { API_PORT, WEBHOOKS_PORT, DASHBOARD_DEV_PORT, ADMIN_DEV_PORT } = settings.ports;
  const servers = [
    {
      ...server("webhooks", "The webhook server", "apps/webhooks", settings, env),
      ready: () => answers(WEBHOOKS_PORT, "/readyz"),
    },
    { ...server("api", "The API", "apps/api", settings, env), ready: () => answers(API_PORT, "/readyz") },
  ];
  if (!settings.dev) return servers;
  return [
    ...servers,
    vite("dashboard", "The dashboard's Vite server", DASHBOARD_DEV_PORT, env),
    vite("admin", "The admin's Vite server", ADMIN_DEV_PORT, env),
  ];
}

function server(name, title, folder, { dev }, env) {
  const cwd = inRoot(folder);
  const args = dev
    ? [TSX, "watch", "--clear-screen=false", "src/main.ts"]
    : ["--enable-source-maps", "dist/main.mjs"];
  return { name, title, command: process.execPath, args, cwd, env };
}

function vite(name, title, port, env) {
  const cwd = inRoot("apps", name);
  const args = [
    "node_modules/vite/bin/vite.js",
    "--port",
    String(port),
    "--strictPort",
    "--clearScreen",
    "false",
  ];
  return {
    name,
    title,
    command: process.execPath,
    args,
    cwd,
    env,
    ready: () => answers(port, "/", "localhost"),
  };
}

/** Any 2xx counts; the sandbox answers its root, the servers their `/readyz`. */
export function answers(port, path, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const request = get({ host, port, path, timeout: 5000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode >= 200 && response.statusCode < 300);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
