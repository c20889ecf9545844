import type { Billing } from "@farebox/billing";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof openMetrics>;

export function openMetrics({ pool }: Pick<Billing, "pool">) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "database_connections",
    help: "Connections of the pool by state",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      this.set({ state: "open" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  const labels = { labelNames: ["app", "route", "status"] as const, registers: [registry] };
  return {
    registry,
    requests: new Counter({ name: "http_requests_total", help: "Requests answered", ...labels }),
    seconds: new Histogram({
      name: "http_request_duration_seconds",
      help: "Time to the first byte of the answer",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
      ...labels,
    }),
  };
}
