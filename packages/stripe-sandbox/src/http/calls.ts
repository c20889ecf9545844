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
      calls.push({ ...call, params: withoutCards(call.params) });
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
  return JSON.parse(JSON.stringify(params, (key, value) => (secretWords.has(key) ? "***" : value)));
}
