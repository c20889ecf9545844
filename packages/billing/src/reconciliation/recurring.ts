import { randomUUID } from "node:crypto";
import type { Billing } from "../context";
import { claimJob, finishJob, keepJob, knowJob, lastPoll } from "../db/sql/recurring-jobs";
import { describe } from "../webhooks/failures";
import { repeating } from "../webhooks/repeating";
import { type PolledEvents, pollEvents } from "./poll-events";
import { requestSweep, workOnRun } from "./run";

export interface ReconciliationOptions {
  /** How often Stripe is asked for events we were never sent. */
  pollEveryMs: number;
  /** How often everything is compared. */
  sweepEveryMs: number;
  /** How often this worker looks whether there is something of this to do. */
  lookEveryMs?: number;
  /** For metrics. */
  onPoll?: (polled: PolledEvents) => void;
}

const leaseMs = 60_000;
const longOutageMs = 3 * 24 * 60 * 60 * 1000;

/** Of any number of workers one does each of these at a time; when it dies, another takes over. */
export function startReconciliation(
  billing: Billing,
  { pollEveryMs, sweepEveryMs, lookEveryMs = 10_000, onPoll }: ReconciliationOptions,
): { stop(): Promise<void> } {
  let stopped = false;
  const isStopping = () => stopped;
  const known = Promise.all([
    knowJob(billing.pool, "poll_events", 0),
    knowJob(billing.pool, "sweep", sweepEveryMs),
  ]).catch((error: unknown) => billing.log.warn({ err: error }, "recurring jobs not announced"));
  const jobs = repeating(lookEveryMs, async () => {
    await known;
    await runIfDue(billing, "poll_events", pollEveryMs, () => poll(billing, onPoll));
    await runIfDue(billing, "sweep", sweepEveryMs, async () => {
      await requestSweep(billing, { kind: "sweep", repairs: true, requestedBy: "nightly" });
    });
  });
  const runs = repeating(lookEveryMs, () =>
    workOnRun(billing, isStopping).catch((error: unknown) =>
      billing.log.warn({ err: error }, "no reconciliation could be taken"),
    ),
  );
  return {
    async stop() {
      stopped = true;
      await Promise.all([jobs.stop(), runs.stop()]);
    },
  };
}

/** After three days Stripe no longer delivers what it could not: then everything is compared at once. */
async function poll(billing: Billing, onPoll: ReconciliationOptions["onPoll"]): Promise<void> {
  const { now, lastOkAt } = await lastPoll(billing.pool, "poll_events");
  onPoll?.(await pollEvents(billing));
  const silentMs = lastOkAt ? now.getTime() - lastOkAt.getTime() : 0;
  if (silentMs < longOutageMs) return;
  billing.log.error({ lastOkAt }, "Stripe was not asked for events for days: everything is compared");
  await requestSweep(billing, { kind: "sweep", repairs: true, requestedBy: "outage" });
}

async function runIfDue(
  billing: Billing,
  name: string,
  everyMs: number,
  work: () => Promise<void>,
): Promise<void> {
  const lease = { token: randomUUID(), leaseMs };
  try {
    const { now } = await lastPoll(billing.pool, name);
    if (!(await claimJob(billing.pool, name, lease))) return;
    const heart = setInterval(() => {
      keepJob(billing.pool, name, lease).catch(() => undefined);
    }, leaseMs / 3);
    const error = await work().then(
      () => null,
      (failure: unknown) => failure,
    );
    clearInterval(heart);
    if (error) billing.log.warn({ err: error, job: name }, "recurring job failed");
    const problem = error ? describe(error) : null;
    await finishJob(billing.pool, {
      name,
      token: lease.token,
      againInMs: everyMs,
      error: problem,
      startedAt: now,
    });
  } catch (error) {
    billing.log.warn({ err: error, job: name }, "recurring job could not be looked at");
  }
}
