import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Log } from "../context";
import { describe, StrayRejection } from "./failures";

interface Attempt {
  stray: StrayRejection | null;
}

const current = new AsyncLocalStorage<Attempt>();

/** Fails when a promise that `work` started and did not wait for was rejected meanwhile. */
export async function failingOnStray<Result>(work: () => Promise<Result>): Promise<Result> {
  const attempt: Attempt = { stray: null };
  const result = await current.run(attempt, work);
  // Rejections are reported when a turn ends: one that came in the last turn is heard of now.
  await nextTurn();
  if (attempt.stray) throw attempt.stray;
  return result;
}

/** For the process: such a rejection is a failure of the attempt it came from, and not the end of all the others. */
export function surviveStrayRejections(log: Log): () => void {
  const listener = (reason: unknown) => {
    const attempt = current.getStore();
    if (attempt) attempt.stray ??= new StrayRejection(reason);
    log.error({ err: reason, inAttempt: attempt !== undefined }, describe(new StrayRejection(reason)));
  };
  process.on("unhandledRejection", listener);
  return () => void process.off("unhandledRejection", listener);
}
