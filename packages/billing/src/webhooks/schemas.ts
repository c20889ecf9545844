import { z } from "zod";

const word = z.string().regex(/^[\w.]{1,100}$/, "a name without spaces");

export const ObjectKeyInput = z.object({
  /** own, or the id of a connected account. */
  accountId: z.string().min(1).max(100),
  objectType: word,
  objectId: z.string().min(1).max(255),
});

const reason = z.string().trim().min(3, "say why, for whoever reads the audit log").max(500);

export const StuckInput = z.object({
  objectType: word.optional(),
  deadReason: word.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type StuckInput = z.infer<typeof StuckInput>;

export const RedriveInput = ObjectKeyInput.extend({ reason });
export type RedriveInput = z.infer<typeof RedriveInput>;

/** The oldest dead ones of a kind, so many at a time: what felled them may fell them again. */
export const RedriveMatchingInput = z.object({
  objectType: word.optional(),
  deadReason: word.optional(),
  limit: z.number().int().min(1).max(500).default(100),
  reason,
});
export type RedriveMatchingInput = z.infer<typeof RedriveMatchingInput>;

/** An object that could not be applied, with the errors since it last could. */
export interface StuckObjectView {
  accountId: string;
  objectType: string;
  objectId: string;
  attempts: number;
  /** Why it was given up: stripe_unavailable, missing_parent, not_mappable, … Null while it is still tried. */
  deadReason: string | null;
  deadAt: string | null;
  nextTryAt: string | null;
  outOfDateSince: string;
  firstError: string | null;
  firstFailedAt: string | null;
  lastError: string | null;
  lastFailedAt: string;
  lastEventId: string | null;
}

const moment = z.iso.datetime({ offset: true });

export const EventFilter = z.object({
  id: z.string().max(255).optional(),
  type: z.string().max(255).optional(),
  status: z.enum(["received", "ignored", "quarantined"]).optional(),
  objectId: z.string().max(255).optional(),
  from: moment.optional(),
  to: moment.optional(),
});

export const ListEventsInput = z.object({
  filter: EventFilter.default({}),
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListEventsInput = z.infer<typeof ListEventsInput>;

export const EventInput = z.object({ accountId: z.string().min(1).max(100), id: z.string().min(1).max(255) });
export type EventInput = z.infer<typeof EventInput>;

/** Each object is read from Stripe while somebody waits, so it is a few at a time. */
export const PreviewReplayInput = z.object({
  filter: EventFilter,
  limit: z.number().int().min(1).max(25).default(10),
});
export type PreviewReplayInput = z.infer<typeof PreviewReplayInput>;

export const ReplayInput = z.object({
  filter: EventFilter,
  limit: z.number().int().min(1).max(500).default(100),
  reason,
});
export type ReplayInput = z.infer<typeof ReplayInput>;

export interface WebhookEventView {
  accountId: string;
  id: string;
  type: string;
  /** received, ignored, quarantined */
  status: string;
  reason: string | null;
  /** snapshot, thin */
  form: string;
  /** webhook, or poll where it was found in Stripe's list */
  source: string;
  objectType: string | null;
  objectId: string | null;
  createdAt: string;
  receivedAt: string;
}

export interface WebhookEventPage {
  events: WebhookEventView[];
  nextCursor: string | null;
}

/** How far the mirror of an object is. */
export interface ObjectStateView {
  state: "applied" | "waiting" | "failing" | "dead";
  /** Null when it is applied. */
  outOfDateSince: string | null;
  nextTryAt: string | null;
  attempts: number;
  deadReason: string | null;
  lastError: string | null;
}

export interface WebhookEventDetail extends WebhookEventView {
  /** Null for what is not mirrored, or was never marked. */
  object: ObjectStateView | null;
  /** As it was signed; null when it was kept long enough. */
  body: string | null;
}
