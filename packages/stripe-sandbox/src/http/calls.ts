import { withoutCardNumbers } from "../card-numbers";
import type { Caller } from "./auth";

export interface CallRecord {
  at: number;
  requestId: string;
  method: string;
  path: string;
  params: Record<string, unknown>;
  idempotencyKey: string | null;
  status: number;
  replayed: boolean;
  caller: Caller | null;
  /** The connected account it was made for. */
  account?: string;
  durationMs: number;
}

const remembered = 20_000;
const secretWords = new Set(["number", "cvc", "contents"]);

export interface Calls {
  add(call: CallRecord): void;
  all(): CallRecord[];
  clear(): void;
}

export function createCalls(): Calls {
  let calls: CallRecord[] = [];
  return {
    add(call) {
      call.path = withoutCardNumbers(call.path);
      call.params = withoutCards(call.params);
      calls.push(call);
      if (calls.length > remembered) calls = calls.slice(remembered / 10);
    },
    all: () => [...calls],
    clear() {
      calls = [];
    },
  };
}

/** Card numbers are never kept, not even in the record of calls. */
function withoutCards(params: Record<string, unknown>): Record<string, unknown> {
  const shown = Object.entries(params).map(([key, value]) => [key, shownValue(key, value)]);
  return Object.fromEntries(shown);
}

function shownValue(key: string, value: unknown): unknown {
  if (secretWords.has(key)) return "***";
  if (isHash(value)) return withoutCards(value);
  return typeof value === "string" ? withoutCardNumbers(value) : value;
}

function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
