import type pg from "pg";
import type { Tx } from "../context";
import type { Change } from "./schemas";

export const changesChannel = "farebox_changes";

/** Part of the transaction: listeners hear it at commit, and never of what was rolled back. */
export async function notifyChange(tx: Tx | pg.PoolClient, change: Change): Promise<void> {
  const payload = JSON.stringify(change);
  if ("$executeRaw" in tx) {
    await tx.$executeRaw`SELECT pg_notify(${changesChannel}, ${payload})`;
    return;
  }
  await tx.query({
    name: "notify_change",
    text: "SELECT pg_notify($1, $2)",
    values: [changesChannel, payload],
  });
}
