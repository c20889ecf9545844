import type Stripe from "stripe";
import type { Wire } from "./wire";

/** A secret that was rolled, and until when it still signs, in milliseconds of real time. */
export interface OldSecret {
  value: string;
  until: number;
}
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint> & { connect?: boolean; old_secret?: OldSecret };
export type EventDestination = Omit<Wire<Stripe.V2.Core.EventDestination>, "webhook_endpoint"> & {
  url: string;
  secret: string;
  old_secret?: OldSecret;
};

export interface StripeEvent {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
  /** The connected account it came from. */
  account?: string;
  /** Real time or what the sandbox was advanced to, never a test clock's; not shown. */
  emitted?: number;
}

/** An event that exists only in its thin form; those of snapshot events are made when they are asked for. */
export interface ThinEvent {
  id: string;
  object: "v2.core.event";
  created: string;
  livemode: false;
  /** The connected account it came from. */
  context?: string;
  reason?: { type: "request"; request: { id: string; idempotency_key: string } };
  related_object: { id?: string; type: string; url: string } | null;
  snapshot_event?: string;
  type: string;
  /** Not in what is delivered, only in what is fetched. */
  data?: Record<string, unknown>;
  /** Only for this destination; not shown. */
  destination?: string;
}

export interface Delivery {
  id: string;
  event: string;
  /** Where the event is kept, when that is a connected account. */
  account?: string;
  endpoint: string;
  type: string;
  state: "pending" | "held" | "failed";
  /** The endpoint while it is pending, so that one that hangs keeps no other waiting. */
  lane: string | null;
  /** A copy, a repetition or a thin one: its acknowledgement does not change `pending_webhooks`. */
  extra?: true;
  attempts: number;
  nextAttemptAt: number;
  lastStatus: number | null;
  lastError: string | null;
}

export interface EventTables {
  webhook_endpoints: WebhookEndpoint;
  event_destinations: EventDestination;
  events: StripeEvent;
  thin_events: ThinEvent;
  deliveries: Delivery;
  listeners: {
    id: string;
    url: string;
    secret: string;
    enabledEvents: string[];
    payload?: "snapshot" | "thin";
    /** For the events of connected accounts. */
    connect?: boolean;
  };
}

export const eventIndexes: { [Name in keyof EventTables]: string[] } = {
  webhook_endpoints: [],
  event_destinations: [],
  events: [],
  thin_events: [],
  deliveries: ["state", "lane"],
  listeners: [],
};
