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
  query: string;
  body: string;
  caller: Caller | null;
  /** The connected account it is made for. */
  account: string | null;
  params: RawHash;
  key: string | null;
  started: number;
}

export function newRequest(context: Context): ApiRequest {
  const { path, query } = partsOf(context.req.url);
  return {
    id: newId("req"),
    method: context.req.method,
    path: path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path,
    query,
    body: "",
    caller: null,
    account: null,
    params: {},
    key: context.req.header("idempotency-key") ?? null,
    started: performance.now(),
  };
}

/** The server has made the address whole and normal already, so `URL` need not do it again. */
function partsOf(url: string): { path: string; query: string } {
  const [, path = "/", query = ""] = /^\w+:\/\/[^/?#]*([^?#]*)\??([^#]*)/.exec(url) ?? [];
  return { path, query };
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
    ...(request.account !== null && { account: request.account }),
    durationMs: Math.round((performance.now() - request.started) * 1000) / 1000,
  });
}
