import type pg from "pg";
import { historyInvariants } from "./invariants/history";
import type { Invariant } from "./invariants/invariant";
import { moneyInvariants } from "./invariants/money";
import { ownershipInvariants } from "./invariants/ownership";
import { pipelineInvariants } from "./invariants/pipeline";

export type { Invariant };

/**
 * What is true of every database of ours, by the numbers of the list it comes from. Of that list I19 (a chain of
 * hashes through the audit log), I20 (two pairs of eyes) and I26 (usage) speak of what is not built yet.
 */
export const invariants: readonly Invariant[] = [
  ...pipelineInvariants,
  ...moneyInvariants,
  ...ownershipInvariants,
  ...historyInvariants,
].toSorted((one, other) => (one.id < other.id ? -1 : 1));

export const breakersOf = async (sql: pg.Pool | pg.PoolClient, { query }: Invariant): Promise<string[]> =>
  (await sql.query<{ id: string }>(query)).rows.map(({ id }) => id);

/** The broken ones of a database where nothing is on its way, with what breaks them: `{}` when all is well. */
export async function brokenInvariants(
  pool: pg.Pool,
  except: readonly string[] = [],
): Promise<Record<string, string[]>> {
  const broken: Record<string, string[]> = {};
  for (const invariant of invariants) {
    if (invariant.when === "operating" || except.includes(invariant.id)) continue;
    const found = await breakersOf(pool, invariant);
    if (found.length > 0) broken[`${invariant.id}: ${invariant.says}`] = found;
  }
  return broken;
}
