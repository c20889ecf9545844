import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { clientAddress } from "./client-address";
import type { Services, Vars } from "./services";

const acceptable = /^[\w.-]{8,64}$/;

/** One id per request, in the answer, the errors and the log; a proxy may bring its own. */
export function requestLog(app: string, services: Services): MiddlewareHandler<Vars> {
  const { log, metrics, trustedProxyHops } = services;
  return async (c, next) => {
    const brought = c.req.header("x-request-id") ?? "";
    const requestId = acceptable.test(brought) ? brought : randomUUID();
    c.set("requestId", requestId);
    c.set("address", clientAddress(c, trustedProxyHops));
    const started = performance.now();
    await next();
    c.res.headers.set("x-request-id", requestId);
    const ms = performance.now() - started;
    const labels = { app, route: routeOf(c.req.path), status: String(c.res.status) };
    metrics.requests.inc(labels);
    metrics.seconds.observe(labels, ms / 1000);
    const fields = {
      app,
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(ms),
    };
    log[levelOf(c.req.path, labels.route, c.res.status)](fields, "request");
  };
}

/** Few enough to count by; a path can hold anything. */
function routeOf(path: string): string {
  const known = ["/trpc/customer", "/trpc/admin", "/api/auth/member", "/api/auth/staff"];
  return known.find((prefix) => path.startsWith(`${prefix}/`)) ?? "other";
}

/** Who asks every few seconds whether we are ready, and for files, is not worth a line each. */
function levelOf(path: string, route: string, status: number): "error" | "info" | "debug" {
  if (status >= 500 && path !== "/readyz") return "error";
  return route === "other" ? "debug" : "info";
}
