import { unreadyReason } from "@farebox/billing";
import type { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { mountAdmin, mountCustomer } from "./audience";
import { baseApp } from "./base-app";
import { apiPolicy } from "./content-security";
import type { Services, Vars } from "./services";

/** Both routers and both sign-ins, and what a balancer and Prometheus ask. Not for browsers in production. */
export function apiApp(services: Services, isStopping: () => boolean): Hono<Vars> {
  const { billing, dashboardOrigins } = services;
  const https = dashboardOrigins[0]?.startsWith("https:") ?? false;
  const app = baseApp("api", services, { policy: apiPolicy, https });
  mountCustomer(app, services);
  mountAdmin(app, services);
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const reason = isStopping() ? "this process is stopping" : await unreadyReason(billing);
    return reason === null ? c.json({ status: "ready" }) : c.json({ status: "not ready", reason }, 503);
  });
  mountMetrics(app, services);
  return app;
}

/** This port may be open to the world, and traffic, timings and pools are nobody's business there. */
function mountMetrics(app: Hono<Vars>, { metrics: { registry }, metricsToken: token }: Services): void {
  if (token === undefined) return;
  if (token !== null) app.use("/metrics", bearerAuth({ token }));
  app.get("/metrics", async (c) =>
    c.text(await registry.metrics(), 200, { "content-type": registry.contentType }),
  );
}
