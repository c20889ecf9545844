import type pg from "pg";
import { markDirty, type ObjectKey, type Priority } from "../db/sql/dirty-objects";
import { ownAccount } from "./rules";

/** What a refresh leaves to do in the transaction that proves the lease. */
export type Apply = (client: pg.PoolClient) => Promise<void>;

export const ownObject = (objectType: string, objectId: string): ObjectKey => ({
  accountId: ownAccount,
  objectType,
  objectId,
});

/** Has the worker read this object again: what we hold may be older than what Stripe has. */
export const markForRefresh = async (
  sql: pg.Pool | pg.PoolClient,
  objectType: string,
  objectId: string,
  priority: Priority = "event",
) => {
  await markDirty(sql, ownObject(objectType, objectId), priority);
};
