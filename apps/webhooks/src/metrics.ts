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

/** Asked once per scrape; while the database is away the last values stay and say so. */
function measureQueue(registry: Registry, inbox: Pick<Inbox, "depth">): void {
  const registers = [registry];
  const due = new Gauge({ name: "webhook_queue_due", help: "Objects waiting to be applied", registers });
  const dead = new Gauge({ name: "webhook_queue_dead", help: "Objects given up", registers });
  const oldest = new Gauge({
    name: "webhook_queue_oldest_seconds",
    help: "Since when the oldest unapplied object is out of date",
    registers,
  });
  new Gauge({
    name: "webhook_queue_known",
    help: "1 while the queue can be read",
    registers,
    async collect() {
      try {
        const depth = await inbox.depth();
        due.set(depth.due);
        dead.set(depth.dead);
        oldest.set(depth.oldestSeconds);
        this.set(1);
      } catch {
        this.set(0);
      }
    },
  });
}
