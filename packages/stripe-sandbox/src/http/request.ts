import type { Context } from "hono";
import { newId } from "../ids";
import type { Caller } from "./auth";
import type { Calls } from "./calls";
import type { RawHash } from "./form";
import type { Answer } from "./respond";

export interface ApiRequest {
  id: string;
  method: string;
  path: string;
  body: string;
  caller: Caller | null;
  params: RawHash;
  key: string | null;
  started: number;
}

export function newRequest(context: Context): ApiRequest {
  return {
    id: newId("req"),
    method: context.req.method,
    path: new URL(context.req.url).pathname.replace(/(.)\/$/, "$1"),
    body: "",
    caller: null,
    params: {},
    key: context.req.header("idempotency-key") ?? null,
    started: performance.now(),
  };
}

export function recordCall(calls: Calls, request: ApiRequest, answer: Answer): void {
  calls.add({
    at: Date.now(),
    requestId: request.id,
    method: request.method,
    path: request.path,
    params: request.params,
    idempotencyKey: request.key,
    status: answer.status,
    replayed: answer.replayed ?? false,
    caller: request.caller,
    durationMs: Math.round((performance.now() - request.started) * 1000) / 1000,
  });
}
