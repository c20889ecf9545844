import type pg from "pg";
import { statement } from "../statement";
import type { ObjectKey } from "./dirty-objects";

export interface ObjectStateRow {
  outOfDate: boolean;
  dirtySince: Date;
  dueAt: Date | null;
  deadAt: Date | null;
  deadReason: string | null;
  attempts: number;
  lastError: string | null;
  failing: boolean;
}

const stateOf = statement<ObjectStateRow>(
  "dirty-state",
  `SELECT done_seq < dirty_seq AS "outOfDate", dirty_since AS "dirtySince", due_at AS "dueAt", dead_at AS "deadAt",
    dead_reason AS "deadReason", attempts, last_error AS "lastError", last_failed_at IS NOT NULL AS failing
  FROM dirty_object WHERE account_id = $1 AND object_type = $2 AND object_id = $3`,
);

/** Undefined when nothing was ever said of it. */
export const objectState = async (sql: pg.Pool, { accountId, objectType, objectId }: ObjectKey) =>
  (await stateOf(sql, [accountId, objectType, objectId]))[0];
