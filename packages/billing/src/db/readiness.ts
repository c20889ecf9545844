import type { Billing } from "../context";
import { pendingMigrations } from "./migrate";

const answerWithinMs = 2_000;

/** Why this process should get no traffic: a sentence, or null when it should. */
export async function unreadyReason({ pool }: Pick<Billing, "pool">): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("the database is slow"), answerWithinMs);
  });
  const pending = pendingMigrations(pool).then(
    (names) => (names.length > 0 ? `migrations are pending: ${names.join(", ")}` : null),
    (error: Error & { code?: string }) => `the database cannot be used (${error.code ?? error.message})`,
  );
  return Promise.race([pending, tooSlow]).finally(() => clearTimeout(timer));
}
