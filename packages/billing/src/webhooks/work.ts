import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Billing } from "../context";
import { anythingDue, type Claim, claimDue, extendLease } from "../db/sql/dirty-objects";
import { settleUndecided } from "../operations/settle-undecided";
import { newBell } from "./bell";
import { listenForDirt } from "./listen";
import { type ProcessOptions, processClaim } from "./process";
import { repeating } from "./repeating";

export interface WorkerOptions extends Partial<ProcessOptions> {
  concurrency?: number;
  /** How often to look when nobody says that there is work. */
  pollMs?: number;
  leaseMs?: number;
  /** How old an undecided money operation must be before this worker asks Stripe about it. */
  settleAfterMs?: number;
}

export interface Worker {
  /** Resolves when no object is due or being applied, by any worker. */
  idle(): Promise<void>;
  /** Finishes what is being applied, takes nothing new. */
  stop(): Promise<void>;
}

const defaults = {
  concurrency: 4,
  pollMs: 1_000,
  leaseMs: 30_000,
  backoffMs: 5_000,
  verifyAfterMs: 60_000,
  settleAfterMs: 30_000,
};

/** Applies dirty objects and settles undecided operations. Any number may run: PostgreSQL hands out the work. */
export function startWorker(billing: Billing, options: WorkerOptions = {}): Worker {
  const settings = { ...defaults, ...options };
  const running = new Set<Promise<void>>();
  const bell = newBell();
  const ears = listenForDirt(billing, bell.ring);
  let stopped = false;

  async function takeWork(): Promise<number> {
    const limit = settings.concurrency - running.size;
    if (limit <= 0) return 0;
    const token = randomUUID();
    const claims = await claimDue(billing.pool, { token, leaseMs: settings.leaseMs, limit });
    if (claims.length > 0) keepLease(claims, token);
    return claims.length;
  }

  /** All claims of one take share a token, so one heartbeat keeps them all. */
  function keepLease(claims: Claim[], token: string): void {
    const heart = setInterval(() => {
      extendLease(billing.pool, claims, token, settings.leaseMs).catch((error: unknown) =>
        billing.log.warn({ err: error }, "heartbeat failed"),
      );
    }, settings.leaseMs / 3);
    const tasks = claims.map((claim) => track(processClaim(billing, claim, settings)));
    Promise.all(tasks).finally(() => clearInterval(heart));
  }

  function track(task: Promise<void>): Promise<void> {
    const tracked = task
      .catch((error: unknown) => billing.log.error({ err: error }, "object neither applied nor given back"))
      .finally(() => {
        running.delete(tracked);
        bell.ring();
      });
    running.add(tracked);
    return tracked;
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

  const janitor = repeating(Math.min(settings.settleAfterMs / 2, 10_000), () =>
    settleUndecided(billing, { afterMs: settings.settleAfterMs, isStopping: () => stopped }).catch(
      (error: unknown) => billing.log.warn({ err: error }, "undecided operations could not be looked at"),
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
      await Promise.all([...running, janitor.stop()]);
      await ears.close();
    },
  };
}
