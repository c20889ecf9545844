import type { Inbox } from "@farebox/billing";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof openMetrics>;

export function openMetrics(inbox: Pick<Inbox, "depth">) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureQueue(registry, inbox);
  return {
    registry,
    events: new Counter({
      name: "webhook_events_total",
      help: "Deliveries by what became of them",
      labelNames: ["result"],
      registers: [registry],
    }),
    ackSeconds: new Histogram({
      name: "webhook_ack_seconds",
      help: "From the request to its answer",
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
  };
}

type Depth = Awaited<ReturnType<Inbox["depth"]>>;

/** While the database is away the last values stay, and `webhook_queue_known` says so. */
function measureQueue(registry: Registry, inbox: Pick<Inbox, "depth">): void {
  const read = oncePerScrape(() => inbox.depth().catch(() => null));
  const gauge = (name: string, help: string, value: (depth: Depth | null) => number | undefined) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const measured = value(await read());
        if (measured !== undefined) this.set(measured);
      },
    });
  gauge("webhook_queue_known", "1 while the queue can be read", (depth) => (depth ? 1 : 0));
  gauge("webhook_queue_due", "Objects waiting to be applied", (depth) => depth?.due);
  gauge("webhook_queue_dead", "Objects given up", (depth) => depth?.dead);
  gauge(
    "webhook_queue_oldest_seconds",
    "Since when the oldest unapplied object is out of date",
    (depth) => depth?.oldestSeconds,
  );
}

/** The gauges of one scrape ask at the same time and share one answer. */
function oncePerScrape<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}
