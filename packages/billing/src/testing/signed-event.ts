import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import type { Receiver } from "../webhooks/receive";

export const secret = "whsec_test_of_events";

interface EventFields {
  id?: string;
  type?: string;
  object: Record<string, unknown>;
  [field: string]: unknown;
}

/** The body of an event as Stripe sends it. */
export function event({ object, ...fields }: EventFields): string {
  return JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: "event",
    type: "customer.updated",
    api_version: "2026-10-28.endive",
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    pending_webhooks: 1,
    request: null,
    data: { object },
    ...fields,
  });
}

export const sign = (
  payload: string,
  options: { secret?: string; timestamp?: number; scheme?: string } = {},
) => Stripe.webhooks.generateTestHeaderString({ payload, secret, ...options });

export const deliver = (receive: Receiver, body: string, header = sign(body)) =>
  receive("main", Buffer.from(body), header);

interface ThinFields {
  id?: string;
  type: string;
  related: { type: string; id?: string } | null;
  context?: string;
}

/** The body of a thin event as Stripe sends it: it names its object and holds nothing of it. */
export const thinEvent = ({ related, ...fields }: ThinFields): string =>
  JSON.stringify({
    id: `evt_test_${randomUUID()}`,
    object: "v2.core.event",
    created: new Date().toISOString(),
    livemode: false,
    related_object: related && { ...related, url: `/v1/${related.type}s/${related.id ?? ""}` },
    ...fields,
  });
