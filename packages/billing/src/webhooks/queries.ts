import type { Ctx } from "../context";
import { deadObjects, failingObjects, type StuckRow } from "../db/sql/dirty-queue";
import { type EventRow, listEvents, oneEvent } from "../db/sql/events";
import { type ObjectStateRow, objectState } from "../db/sql/object-state";
import { decodeCursor, encodeCursor } from "../db/sql/page-cursor";
import { notFound } from "../errors";
import type {
  EventInput,
  ListEventsInput,
  ObjectStateView,
  StuckInput,
  StuckObjectView,
  WebhookEventDetail,
  WebhookEventPage,
  WebhookEventView,
} from "./schemas";

/** What was given up, the newest first. */
export const listDead = async ({ pool }: Ctx, filter: StuckInput): Promise<StuckObjectView[]> =>
  (await deadObjects(pool, filter)).map(view);

/** What fails for now and is still tried: each of these waits alone. */
export const listFailing = async ({ pool }: Ctx, filter: StuckInput): Promise<StuckObjectView[]> =>
  (await failingObjects(pool, filter)).map(view);

const iso = (at: Date | null) => at?.toISOString() ?? null;

const view = ({ dirtySince, dueAt, deadAt, firstFailedAt, lastFailedAt, ...row }: StuckRow) => ({
  ...row,
  deadAt: iso(deadAt),
  nextTryAt: iso(dueAt),
  outOfDateSince: dirtySince.toISOString(),
  firstFailedAt: iso(firstFailedAt),
  lastFailedAt: lastFailedAt.toISOString(),
});

/** What was received, the newest first. */
export async function listWebhookEvents({ pool }: Ctx, input: ListEventsInput): Promise<WebhookEventPage> {
  const end = decodeCursor(input.cursor);
  const rows = await listEvents(pool, input.filter, { end, limit: input.limit + 1 });
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    events: page.map(eventView),
    nextCursor: last ? encodeCursor({ at: last.cursorAt, id: last.id }) : null,
  };
}

export async function getWebhookEvent(
  { pool }: Ctx,
  { accountId, id }: EventInput,
): Promise<WebhookEventDetail> {
  const row = await oneEvent(pool, accountId, id);
  if (!row) throw notFound("event");
  const { raw, ...event } = row;
  const { objectType, objectId } = event;
  const state =
    objectType && objectId ? await objectState(pool, { accountId, objectType, objectId }) : undefined;
  return { ...eventView(event), object: state ? stateView(state) : null, body: raw?.toString() ?? null };
}

const stateView = (row: ObjectStateRow): ObjectStateView => ({
  state: row.deadAt ? "dead" : !row.outOfDate ? "applied" : row.failing ? "failing" : "waiting",
  outOfDateSince: row.outOfDate ? row.dirtySince.toISOString() : null,
  nextTryAt: row.outOfDate ? iso(row.dueAt) : null,
  attempts: row.attempts,
  deadReason: row.deadReason,
  lastError: row.outOfDate || row.deadAt ? row.lastError : null,
});

const eventView = ({ createdAt, receivedAt, cursorAt: _, ...row }: EventRow): WebhookEventView => ({
  ...row,
  createdAt: createdAt.toISOString(),
  receivedAt: receivedAt.toISOString(),
});
