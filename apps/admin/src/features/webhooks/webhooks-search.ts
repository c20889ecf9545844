import type { AdminInputs } from "@farebox/billing";
import { dayParam, endOfDay, startOfDay } from "../../lib/search-day";
import { choiceParam, textParam } from "../../lib/search-string";

export const webhookTabs = ["events", "dead", "failing"] as const;
export type WebhookTab = (typeof webhookTabs)[number];

export const eventStatuses = ["received", "ignored", "quarantined"] as const;

export interface WebhooksSearch {
  /** Absent means events. */
  tab?: WebhookTab;
  type?: string;
  status?: (typeof eventStatuses)[number];
  object?: string;
  /** Days, both included. */
  from?: string;
  to?: string;
  cursor?: string;
  /** The event whose sheet is open, `account/id`. */
  event?: string;
  /** Only objects given up for this reason. */
  reason?: string;
}

export function webhooksSearch(params: Record<string, unknown>): WebhooksSearch {
  const tab = choiceParam(params.tab, webhookTabs);
  if (tab === "dead") return { tab, reason: textParam(params.reason) };
  if (tab === "failing") return { tab };
  return {
    type: textParam(params.type),
    status: choiceParam(params.status, eventStatuses),
    object: textParam(params.object),
    from: dayParam(params.from),
    to: dayParam(params.to),
    cursor: textParam(params.cursor, 500),
    event: textParam(params.event, 400),
  };
}

export type EventFilter = AdminInputs["webhooks"]["previewReplay"]["filter"];

export function filterOf({ type, status, object, from, to }: WebhooksSearch): EventFilter {
  return {
    type,
    status,
    objectId: object,
    from: from ? startOfDay(from) : undefined,
    to: to ? endOfDay(to) : undefined,
  };
}

export const isFiltered = ({ type, status, object, from, to }: WebhooksSearch): boolean =>
  Boolean(type || status || object || from || to);
