import type pg from "pg";
import { statement } from "../statement";

const close = statement<Record<string, never>>(
  "coupon-close",
  "UPDATE coupon SET deleted_at = now(), valid = false, synced_at = now() WHERE id = $1 AND deleted_at IS NULL",
);

export const closeCoupon = async (client: pg.PoolClient, id: string): Promise<void> => {
  await close(client, [id]);
};
