import { createHash } from "node:crypto";
import type { ReceivedEvent } from "../db/sql/inbox";
import { instant, storable } from "../stripe/fields";
import type { WebhookEndpoint } from "./endpoints";
import { accountOf, isId, type NamedObject, objectToRefresh, ownAccount, whyQuarantined } from "./rules";

/** What is kept up to date, by account: ours, and those connected to it. */
export interface Kept {
  own: ReadonlySet<string>;
  connected: ReadonlySet<string>;
  partOf: Record<string, { objectType: string; field: string }>;
}

type Fields = Record<string, unknown>;

interface Envelope {
  id: string;
  type: string;
  created: Date;
  livemode: boolean;
  account: string | null;
  apiVersion: string | null;
  form: "snapshot" | "thin";
  object(known: { handled: ReadonlySet<string>; partOf: Kept["partOf"] }): NamedObject | null;
}

/** Null for what is signed and yet no event. Parsed from the very bytes that were verified and are stored. */
export function readEvent(raw: Uint8Array, endpoint: WebhookEndpoint, kept: Kept): ReceivedEvent | null {
  const event = envelope(parse(raw));
  if (!event) return null;
  const accountId = accountOf(event.account, endpoint);
  const reason = whyQuarantined({ ...event, accountId }, endpoint);
  const handled = accountId === ownAccount ? kept.own : kept.connected;
  const object = event.object({ handled, partOf: accountId === ownAccount ? kept.partOf : {} });
  return {
    accountId,
    id: event.id,
    endpointId: endpoint.id,
    type: event.type,
    apiVersion: event.apiVersion,
    livemode: event.livemode,
    status: reason ? "quarantined" : object ? "received" : "ignored",
    reason,
    form: event.form,
    source: "webhook",
    raw,
    rawSha256: createHash("sha256").update(raw).digest(),
    createdAt: event.created,
    object: object && { accountId, ...object },
  };
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString());
  } catch {
    return null;
  }
}

function envelope(body: unknown): Envelope | null {
  if (!isFields(body) || !isId(body.id) || typeof body.type !== "string") return null;
  const named = { id: body.id, type: storable(body.type).slice(0, 255), livemode: body.livemode === true };
  if (body.object === "event") return snapshot(body, named);
  if (body.object === "v2.core.event") return thin(body, named);
  return null;
}

type Named = Pick<Envelope, "id" | "type" | "livemode">;

function snapshot(body: Fields, named: Named): Envelope | null {
  const { created, account, api_version: version } = body;
  if (typeof created !== "number" || !Number.isSafeInteger(created) || !isDate(created * 1000)) return null;
  const data = isFields(body.data) && isFields(body.data.object) ? body.data.object : null;
  return {
    ...named,
    created: instant(created),
    account: isId(account) ? account : null,
    apiVersion: typeof version === "string" ? storable(version).slice(0, 255) : null,
    form: "snapshot",
    object: (known) => data && objectToRefresh(data, known),
  };
}

/** It names its object, and of a connected account the account: `acct_1`, or the path to it. */
function thin(body: Fields, named: Named): Envelope | null {
  const { created, context, related_object: related } = body;
  const at = typeof created === "string" ? Date.parse(created) : Number.NaN;
  if (!isDate(at)) return null;
  const account = typeof context === "string" ? context.split("/").at(-1) : null;
  return {
    ...named,
    created: new Date(at),
    account: isId(account) ? account : null,
    apiVersion: null,
    form: "thin",
    object: ({ handled }) =>
      isFields(related)
        ? objectToRefresh({ object: related.type, id: related.id }, { handled, partOf: {} })
        : null,
  };
}

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** A day that PostgreSQL knows, too. */
const isDate = (ms: number) => ms >= 0 && ms < Date.UTC(9999, 0);
