import { isDeepStrictEqual } from "node:util";
import { earlierOf } from "./earlier";
import { newId, newPaymentId } from "./ids";
import type { StripeEvent, TableName } from "./tables";
import type { Emission, OpenTx, Presenter } from "./transaction";

export const apiVersion = "2026-10-28.endive";

export interface Cause {
  requestId: string | null;
  idempotencyKey: string | null;
  /** The connected account it happens in. */
  account?: string | null;
}

/** All events of one request show the objects as the request left them. */
export function buildEvents(tx: OpenTx, cause: Cause, presenters: Map<TableName, Presenter>): StripeEvent[] {
  return tx.emissions.flatMap(
    (emission) => tx.within(emission.account, () => buildEvent(tx, emission, cause, presenters)) ?? [],
  );
}

function buildEvent(
  tx: OpenTx,
  emission: Emission,
  cause: Cause,
  presenters: Map<TableName, Presenter>,
): StripeEvent | undefined {
  const { type, table, id } = emission;
  const before = tx.before(table, id);
  const after = tx.get(table, id) ?? before;
  if (!after) return undefined;
  const present = (row: object, read: Parameters<Presenter>[0] = tx) =>
    emission.view?.(row) ?? presenters.get(table)?.(read, row) ?? row;
  // Shared with the row, which is replaced and never changed in place: a copy would be most of what is held.
  const object = present(after) as Json;
  const previous = emission.previous ? copy(emission.previous) : undefined;
  const changed =
    previous ??
    (type.endsWith(".updated")
      ? difference(before && copy(present(before, earlierOf(tx))), copy(object))
      : undefined);
  if (type.endsWith(".updated") && !changed) return undefined;
  return {
    id: /^(pi|ch|re)_/.test(id) ? newPaymentId("evt", id) : newId("evt"),
    object: "event",
    ...(emission.account !== null && { account: emission.account }),
    api_version: apiVersion,
    created: tx.now,
    data: { object, ...(changed && { previous_attributes: changed }) },
    livemode: false,
    pending_webhooks: 0,
    request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
    type,
  };
}

type Json = Record<string, unknown>;

function copy(row: object): Json {
  return JSON.parse(JSON.stringify(row));
}

/** Old values of the changed keys only; undefined when nothing changed or nothing was there before. */
export function difference(before: Json | undefined, after: Json): Json | undefined {
  if (!before) return undefined;
  const changed: Json = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]];
    if (isDeepStrictEqual(old, now)) continue;
    changed[key] = isHash(old) && isHash(now) ? difference(old, now) : (old ?? null);
  }
  return Object.keys(changed).length > 0 ? changed : undefined;
}

function isHash(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
