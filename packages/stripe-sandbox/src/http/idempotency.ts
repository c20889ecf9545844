import { createHash } from "node:crypto";
import type { Store } from "../store";
import type { Tx } from "../transaction";
import { ApiError, invalid } from "./errors";

const keptSeconds = 24 * 60 * 60;
const sweepEvery = 500;

export interface Replay {
  status: number;
  body: string;
}

/** Each account has its own. Keys in use right now; the results of finished ones are rows, written with the changes they describe. */
export interface IdempotencyKeys {
  begin(account: string | null, key: string, fingerprint: string, now: number): Replay | undefined;
  /** `now` is real time, not that of a test clock. */
  remember(tx: Tx, key: string, fingerprint: string, result: Replay, now: number): void;
  end(account: string | null, key: string): void;
}

export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash("sha256").update(`${method} ${path}\n${body}`).digest("base64url");
}

export function createIdempotencyKeys(store: Store): IdempotencyKeys {
  const inUse = new Set<string>();
  let sinceSweep = 0;

  return {
    begin(account, key, fingerprint, now) {
      if (key.length > 255) throw invalid("Idempotency keys can be at most 255 characters long.");
      if (inUse.has(placeOf(account, key))) throw keyInUse(key);
      const done = store.of(account).get("idempotency", key);
      if (done && done.created > now - keptSeconds) {
        if (done.fingerprint !== fingerprint) throw otherParameters(key);
        return { status: done.status, body: done.body };
      }
      inUse.add(placeOf(account, key));
      return undefined;
    },
    remember(tx, key, fingerprint, { status, body }, now) {
      tx.put("idempotency", { id: key, created: now, fingerprint, status, body });
      sinceSweep += 1;
      if (sinceSweep < sweepEvery) return;
      sinceSweep = 0;
      for (const row of tx.newestFirst("idempotency")) {
        if (row.created <= now - keptSeconds) tx.remove("idempotency", row.id);
      }
    },
    end: (account, key) => {
      inUse.delete(placeOf(account, key));
    },
  };
}

function placeOf(account: string | null, key: string): string {
  return account === null ? key : `${account} ${key}`;
}

function keyInUse(key: string): ApiError {
  return new ApiError(409, {
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    type: "idempotency_error",
  });
}

function otherParameters(key: string): ApiError {
  return new ApiError(400, {
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    type: "idempotency_error",
  });
}
