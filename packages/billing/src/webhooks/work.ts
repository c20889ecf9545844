import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Billing } from "../context";
import { resumeClosings } from "../customers/finish-closing";
import { type Claim, claimDue, releaseClaim } from "../db/sql/dirty-objects";
import { anythingDue } from "../db/sql/dirty-queue";
import { settleUndecided } from "../operations/settle-undecided";
import { newBell } from "./bell";
import { dropBodies } from "./drop-bodies";
import { whileHeld } from "./heartbeat";
import { listenForDirt } from "./listen";
import { type Outcome, type ProcessOptions, processClaim } from "./process";
import { repeating } from "./repeating";

export interface WorkerOptions extends Partial<ProcessOptions> {
  concurrency?: number;
  /** How often to look when nobody says that there is work. */
  pollMs?: number;
  leaseMs?: number;
  /** How old an undecided money operation must be before this worker asks Stripe about it. */
  settleAfterMs?: number;
  /** How long the body of an event is kept. */
  keepBodiesDays?: number;
  /** How long a stop waits for what is being applied before it is left to the next worker. */
  graceMs?: number;
  onOutcome?: (claim: Claim, outcome: Outcome) => void;
}

export interface Worker {
  /** Resolves when no object is due or being applied, by any worker. */
  idle(): Promise<void>;
  /** Takes nothing new and finishes what is being applied; what takes too long is free for others at once. */
  stop(): Promise<void>;
}

const defaults = {
  concurrency: 4,
  pollMs: 1_000,
  leaseMs: 30_000,
  backoffMs: 5_000,
  verifyAfterMs: 60_000,
  settleAfterMs: 30_000,
  keepBodiesDays: 90,
  graceMs: 6_000,
};

const hourMs = 3_600_000;

/** Applies dirty objects and settles undecided operations. Any number may run: PostgreSQL hands out the work. */
export function startWorker(billing: Billing, options: WorkerOptions = {}): Worker {
  const settings = { ...defaults, ...options };
  const running = new Map<Claim, Promise<void>>();
  const bell = newBell();
  const ears = listenForDirt(billing, bell.ring);
  let stopped = false;

  async function takeWork(): Promise<number> {
    const limit = settings.concurrency - running.size;
    if (limit <= 0) return 0;
    const lease = { token: randomUUID(), leaseMs: settings.leaseMs };
    const claims = await claimDue(billing.pool, { ...lease, limit });
    // All claims of one take share a token, so one heartbeat keeps them all.
    if (claims.length > 0) void whileHeld(billing, claims, lease, () => Promise.all(claims.map(track)));
    return claims.length;
  }

  function track(claim: Claim): Promise<void> {
    const task = processClaim(billing, claim, settings)
      .then((outcome) => settings.onOutcome?.(claim, outcome))
      .catch((error: unknown) => billing.log.error({ err: error }, "object neither applied nor given back"))
      .finally(() => {
        running.delete(claim);
        bell.ring();
      });
    running.set(claim, task);
    return task;
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      try {
        if ((await takeWork()) === 0 && !stopped) await bell.wait(settings.pollMs);
      } catch (error) {
        billing.log.warn({ err: error }, "no work could be taken");
        await bell.wait(settings.pollMs);
      }
    }
  }

  /** Without their lease the ones that are still at it can write no more. */
  async function finishOrLetGo(): Promise<void> {
    const finished = Promise.all(running.values());
    const inTime = await Promise.race([
      finished.then(() => true),
      delay(settings.graceMs, false, { ref: false }),
    ]);
    if (!inTime) await Promise.all([...running.keys()].map((claim) => releaseClaim(billing.pool, claim)));
  }

  const warnOf = (message: string) => (error: unknown) => billing.log.warn({ err: error }, message);
  const janitor = repeating(Math.min(settings.settleAfterMs / 2, 10_000), () =>
    settleUndecided(billing, { afterMs: settings.settleAfterMs, isStopping: () => stopped }).catch(
      warnOf("undecided operations could not be looked at"),
    ),
  );
  const closings = repeating(Math.min(settings.settleAfterMs / 2, 10_000), () =>
    resumeClosings(billing, { afterMs: settings.settleAfterMs, isStopping: () => stopped }).catch(
      warnOf("accounts that are being closed could not be looked at"),
    ),
  );
  const retention = repeating(hourMs, () =>
    dropBodies(billing.pool, { days: settings.keepBodiesDays, isStopping: () => stopped }).catch(
      warnOf("old event bodies could not be dropped"),
    ),
  );
  const looping = loop();
  return {
    async idle() {
      while (running.size > 0 || (await anythingDue(billing.pool))) await delay(10);
    },
    async stop() {
      stopped = true;
      bell.ring();
      await looping;
      await Promise.all([finishOrLetGo(), janitor.stop(), closings.stop(), retention.stop()]);
      await ears.close();
    },
  };
}
