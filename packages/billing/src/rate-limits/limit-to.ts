import { notAllowed } from "../errors";
import type { Limiter } from "./limiter";

/** Counted per call, so that a batch is no way around it. */
export async function limitTo(limiter: Limiter, key: string, whose: string): Promise<void> {
  const retryAfterSeconds = await limiter.consume(key);
  if (retryAfterSeconds === null) return;
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const message = `There were too many attempts ${whose}. Please try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  throw notAllowed("too_many_attempts", message, { retryAfterSeconds });
}
