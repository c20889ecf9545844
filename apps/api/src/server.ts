import { type Billing, memberSignIn, staffSignIn } from "@farebox/billing";
import type { Logger } from "pino";
import { apiApp } from "./api-app";
import type { Env } from "./env";
import { type Listening, listen } from "./listen";
import { type countStripeAnswers, openMetrics } from "./metrics";
import { withLoopbackNames } from "./same-origin";
import type { Audience, Services } from "./services";
import { adminApp, dashboardApp } from "./site-apps";

export interface ServerOptions {
  env: Env;
  billing: Billing;
  log: Logger;
  /** Instead of our own sign-in: see docs/bring-your-own-sign-in.md. */
  members?: Audience;
  staff?: Audience;
  /** What `billing` tells of Stripe's answers. */
  stripeAnswers?: ReturnType<typeof countStripeAnswers>;
}

export interface Servers {
  ports: { api: number; dashboard: number | null; admin: number | null };
  stop(): Promise<void>;
}

const graceMs = 3_500;

/** The API, and each web app whose built files are given. All of them or none listen. */
export async function startServers(options: ServerOptions): Promise<Servers> {
  const { env } = options;
  const services = openServices(options);
  let stopping = false;
  const host = env.HOST ?? (env.NODE_ENV === "production" ? "0.0.0.0" : "127.0.0.1");
  const apps = [
    { app: apiApp(services, () => stopping), port: env.API_PORT },
    env.DASHBOARD_DIST && { app: dashboardApp(services, env.DASHBOARD_DIST), port: env.DASHBOARD_PORT },
    env.ADMIN_DIST && { app: adminApp(services, env.ADMIN_DIST), port: env.ADMIN_PORT },
  ];
  const started = await Promise.allSettled(
    apps.map((site) => (site ? listen(site.app, host, site.port) : null)),
  );
  const running = started.map((result) => (result.status === "fulfilled" ? result.value : null));
  const failed = started.find((result) => result.status === "rejected");
  if (failed) {
    await stopAll(running, 0);
    throw failed.reason;
  }
  const [api, dashboard, admin] = running;
  return {
    ports: { api: api?.port ?? env.API_PORT, dashboard: dashboard?.port ?? null, admin: admin?.port ?? null },
    stop: () => {
      stopping = true;
      return stopAll(running, graceMs);
    },
  };
}

const stopAll = async (running: (Listening | null)[], grace: number) => {
  await Promise.all(running.map((server) => server?.stop(grace)));
};

function openServices({ env, billing, log, ...own }: ServerOptions): Services {
  const { AUTH_SECRET: secret, TRUSTED_ORIGINS: trusted } = env;
  const dashboardOrigins = [...withLoopbackNames(env.DASHBOARD_ORIGIN), ...trusted];
  const adminOrigins = [...withLoopbackNames(env.ADMIN_ORIGIN), ...trusted];
  const signIn = { secret, origin: env.DASHBOARD_ORIGIN, trustedOrigins: dashboardOrigins };
  const staffSettings = { secret, origin: env.ADMIN_ORIGIN, trustedOrigins: adminOrigins };
  return {
    billing,
    log,
    metrics: openMetrics(billing, own.stripeAnswers?.counter),
    members: own.members ?? memberSignIn(billing, signIn),
    staff: own.staff ?? staffSignIn(billing, staffSettings),
    dashboardOrigins,
    adminOrigins,
    stripe: { apiBase: env.STRIPE_API_BASE, jsUrl: env.STRIPE_JS_URL },
    trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    metricsToken: env.METRICS_TOKEN ?? (env.NODE_ENV === "production" ? undefined : null),
  };
}
