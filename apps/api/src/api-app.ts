import { unreadyReason } from "@farebox/billing";
import type { Hono } from "hono";
import { mountAdmin, mountCustomer } from "./audience";
import { baseApp } from "./base-app";
import { apiPolicy } from "./content-security";
import type { Services, Vars } from "./services";

/** Both routers and both sign-ins, and what a balancer and Prometheus ask. Not for browsers in production. */
export function apiApp(services: Services, isStopping: () => boolean): Hono<Vars> {
  const { billing, metrics, dashboardOrigins } = services;
  const https = dashboardOrigins[0]?.startsWith("https:") ?? false;
  const app = baseApp("api", services, { policy: apiPolicy, https });
  mountCustomer(app, services);
  mountAdmin(app, services);
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const reason = isStopping() ? "this process is stopping" : await unreadyReason(billing);
    return reason === null ? c.json({ status: "ready" }) : c.json({ status: "not ready", reason }, 503);
  });
  app.get("/metrics", async (c) =>
    c.text(await metrics.registry.metrics(), 200, { "content-type": metrics.registry.contentType }),
  );
  return app;
}
