import { randomUUID } from "node:crypto";
import type { Billing } from "../context";
import {
  claimRun,
  finishProgress,
  keepRun,
  nextProgress,
  type Run,
  releaseRun,
  requestRun,
} from "../db/sql/reconcile-runs";
import { describe } from "../webhooks/failures";
import { sources } from "./sources";
import { passOver } from "./sweep";

const lease = () => ({ token: randomUUID(), leaseMs: 30_000 });

/** Has a worker compare everything at Stripe with its mirror, or only the named types. Returns the id of the run. */
export async function requestSweep(
  billing: Pick<Billing, "pool">,
  wanted: { kind: Run["kind"]; repairs: boolean; requestedBy: string; objectTypes?: string[] },
): Promise<string> {
  const id = randomUUID();
  await requestRun(billing.pool, { ...wanted, id, objectTypes: objectTypesOf(wanted.objectTypes) });
  return id;
}

/** Those we mirror, parents before what belongs to them. */
export const objectTypesOf = (wanted?: readonly string[]): string[] =>
  sources.map(({ objectType }) => objectType).filter((type) => wanted?.includes(type) ?? true);

/** Goes on with the oldest run that nobody is at. True when it did something. */
export async function workOnRun(
  billing: Billing,
  isStopping: () => boolean,
  pageSize = 100,
): Promise<boolean> {
  const mine = lease();
  const run = await claimRun(billing.pool, mine);
  if (!run) return false;
  let lost = false;
  const heart = setInterval(() => {
    keepRun(billing.pool, run.id, mine).then(
      (kept) => {
        lost ||= !kept;
      },
      (error: unknown) => billing.log.warn({ err: error }, "heartbeat of a reconciliation failed"),
    );
  }, mine.leaseMs / 6);
  try {
    const isOver = () => lost || isStopping();
    const end = await passOverAll(billing, run, { isStopping: isOver, pageSize });
    await releaseRun(billing.pool, run.id, mine.token, {
      state: end === "done" ? "done" : null,
      error: null,
    });
  } catch (error) {
    billing.log.error({ err: error, runId: run.id }, "reconciliation broke off");
    await releaseRun(billing.pool, run.id, mine.token, { state: "failed", error: describe(error) });
  } finally {
    clearInterval(heart);
  }
  return true;
}

async function passOverAll(
  billing: Billing,
  run: Run,
  pace: { isStopping: () => boolean; pageSize: number },
): Promise<"done" | "stopped"> {
  const pass = { runId: run.id, kind: run.kind, repairs: run.repairs, ...pace };
  for (;;) {
    const progress = await nextProgress(billing.pool, run.id);
    if (!progress) return "done";
    const source = sources.find(({ objectType }) => objectType === progress.objectType);
    if (source && (await passOver(billing, source, progress, pass)) === "stopped") return "stopped";
    await finishProgress(billing.pool, run.id, progress.objectType);
  }
}
