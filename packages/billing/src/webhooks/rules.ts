import type { WebhookEndpoint } from "./endpoints";

const longestBackoffMs = 60 * 60 * 1000;

/** Anywhere between nothing and twice as long as the time before, an hour at most: `random` is between 0 and 1. */
export function backoffMs(firstMs: number, attempts: number, random: number): number {
  const ceiling = Math.min(firstMs * 2 ** Math.max(attempts - 1, 0), longestBackoffMs);
  return Math.round(ceiling * random);
}

/** The account we hold the keys of, as opposed to accounts connected to it. */
export const ownAccount = "own";

/** Which account a genuine event is about: ours, unless it names another. */
export const accountOf = (named: string | null | undefined, endpoint: Pick<WebhookEndpoint, "accountId">) =>
  !named || named === endpoint.accountId ? ownAccount : named;

/** A genuine event may still not be meant for us. Null when it is. A thin one has no version: it holds no object. */
export function whyQuarantined(
  event: { accountId: string; livemode: boolean; apiVersion: string | null; form: "snapshot" | "thin" },
  endpoint: Pick<WebhookEndpoint, "accounts" | "livemode" | "apiVersion">,
): string | null {
  if (!isInScope(event.accountId, endpoint.accounts)) return "account_mismatch";
  if (event.livemode !== endpoint.livemode) return "livemode_mismatch";
  if (event.form === "snapshot" && event.apiVersion !== endpoint.apiVersion) return "api_version_mismatch";
  return null;
}

function isInScope(accountId: string, accounts: WebhookEndpoint["accounts"]): boolean {
  if (accounts === "own") return accountId === ownAccount;
  if (accounts === "connected") return accountId !== ownAccount;
  return accounts.includes(accountId);
}

interface PartOf {
  [objectType: string]: { objectType: string; field: string };
}

export interface NamedObject {
  objectType: string;
  objectId: string;
}

/** The object to read again because of an event: its own, or the one that it is a part of. */
export function objectToRefresh(
  object: { object?: unknown; id?: unknown } & Record<string, unknown>,
  known: { handled: ReadonlySet<string>; partOf: PartOf },
): NamedObject | null {
  const type = object.object;
  if (typeof type !== "string") return null;
  const whole = Object.hasOwn(known.partOf, type) ? known.partOf[type] : undefined;
  const reference = whole ? object[whole.field] : object.id;
  const objectId =
    typeof reference === "object" && reference !== null ? (reference as { id?: unknown }).id : reference;
  const objectType = whole?.objectType ?? type;
  return isId(objectId) && known.handled.has(objectType) ? { objectType, objectId } : null;
}

/** Some ids are chosen by people; what is longer, or holds what is no letter, could not be stored or asked for. */
export const isId = (value: unknown): value is string =>
  typeof value === "string" && /^[^\p{Control}\p{Surrogate}]{1,255}$/u.test(value);
