/** After this many failures in a row an object is given up until there is news of it, or somebody redrives it. */
export const maxAttempts = 15;

const longestBackoffMs = 60 * 60 * 1000;

/** Doubles from `firstMs`, an hour at most, with full jitter: `random` is between 0 and 1. */
export function backoffMs(firstMs: number, attempts: number, random: number): number {
  const ceiling = Math.min(firstMs * 2 ** Math.max(attempts - 1, 0), longestBackoffMs);
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/** A mapping that does not fit fails the same way each time: waiting would not help. */
export const isPermanent = (errorName: string): boolean =>
  ["TypeError", "RangeError", "ZodError", "BillingError"].includes(errorName);

export interface EndpointRules {
  accountId: string;
  livemode: boolean;
  apiVersion: string;
}

/** A genuine event may still not be meant for us. Null when it is. */
export function whyQuarantined(
  event: { account?: string; livemode: boolean; api_version: string | null },
  endpoint: EndpointRules,
): string | null {
  if (event.account !== undefined && event.account !== endpoint.accountId) return "account_mismatch";
  if (event.livemode !== endpoint.livemode) return "livemode_mismatch";
  if (event.api_version !== endpoint.apiVersion) return "api_version_mismatch";
  return null;
}

/** The object to read again because of an event: its own, or the one that it is a part of. */
export function objectToRefresh(
  object: { object?: unknown; id?: unknown } & Record<string, unknown>,
  known: { handled: ReadonlySet<string>; partOf: Record<string, { objectType: string; field: string }> },
): { objectType: string; objectId: string } | null {
  const whole = typeof object.object === "string" ? known.partOf[object.object] : undefined;
  const objectType = whole?.objectType ?? object.object;
  const reference = whole ? object[whole.field] : object.id;
  const objectId =
    typeof reference === "object" && reference !== null ? (reference as { id?: unknown }).id : reference;
  if (typeof objectType !== "string" || typeof objectId !== "string" || !objectId) return null;
  return known.handled.has(objectType) ? { objectType, objectId } : null;
}
