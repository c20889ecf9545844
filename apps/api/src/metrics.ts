import { type Billing, openStreams, type StripeAnswer } from "@farebox/billing";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof openMetrics>;

/** Counts what Stripe answers; made before the services, which tell it. */
export function countStripeAnswers() {
  const counter = new Counter({
    name: "stripe_answers_total",
    help: "Requests to Stripe, each try counted, by the status of the answer",
    labelNames: ["method", "resource", "status"],
    registers: [],
  });
  return {
    counter,
    answered: ({ method, resource, status }: StripeAnswer) =>
      counter.inc({ method, resource, status: String(status) }),
  };
}

export function openMetrics({ pool, changes }: Pick<Billing, "pool" | "changes">, stripeAnswers?: Counter) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  if (stripeAnswers) registry.registerMetric(stripeAnswers);
  new Gauge({
    name: "live_streams_open",
    help: "Browsers that are told of changes by this process",
    registers: [registry],
    collect() {
      this.set(openStreams(changes));
    },
  });
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
