import type { ReconciliationOptions, StripeAnswer, WorkerOptions } from "@farebox/billing";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof openMetrics>;

type Outcome = NonNullable<WorkerOptions["onOutcome"]>;
type Poll = NonNullable<ReconciliationOptions["onPoll"]>;

/** What this process did itself. What the tables know is in measure-pipeline.ts. */
export function openMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return { registry, ...receiverMetrics(registers), ...workerMetrics(registers) };
}

function receiverMetrics(registers: Registry[]) {
  const last = new Gauge({
    name: "webhook_last_event_timestamp_seconds",
    help: "When this process last stored an event of a type",
    labelNames: ["type"],
    registers,
  });
  return {
    events: new Counter({
      name: "webhook_events_total",
      help: "Deliveries by what became of them; refusals by their reason",
      labelNames: ["result"],
      registers,
    }),
    ackSeconds: new Histogram({
      name: "webhook_ack_seconds",
      help: "From the request to its answer",
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    stored: ({ type }: { type: string }) => last.setToCurrentTime({ type }),
  };
}

function workerMetrics(registers: Registry[]) {
  const outcomes = new Counter({
    name: "webhook_objects_total",
    help: "Objects taken by what became of them: applied, failed (tried again), dead, lost to another worker",
    labelNames: ["outcome", "object_type"],
    registers,
  });
  const age = new Histogram({
    name: "webhook_object_age_seconds",
    help: "How long an object with news was out of date when it was taken and applied",
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600, 86_400],
    registers,
  });
  const answers = new Counter({
    name: "stripe_answers_total",
    help: "Requests to Stripe, each try counted, by the status of the answer",
    labelNames: ["method", "resource", "status"],
    registers,
  });
  const found = new Counter({
    name: "reconcile_events_found_total",
    help: "Events that were never delivered and were found in Stripe's list",
    registers,
  });
  const outcome: Outcome = ({ objectType, verifying, ageSeconds }, became) => {
    outcomes.inc({ outcome: became, object_type: objectType });
    if (became === "applied" && !verifying) age.observe(ageSeconds);
  };
  const polled: Poll = (poll) => found.inc(poll.found);
  const answered = ({ method, resource, status }: StripeAnswer) =>
    answers.inc({ method, resource, status: String(status) });
  return { outcome, polled, answered };
}
