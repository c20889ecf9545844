import { replayHeader } from "../decisions/http";
import { apiVersion } from "../events";
import { ApiError } from "./errors";
import type { FaultGiven } from "./fault-given";
import type { Replay } from "./idempotency";

export interface Answer extends Replay {
  replayed?: boolean;
  /** The answer gets lost. */
  cut?: "close" | "reset";
  holdMs?: number | undefined;
  /** Struck before execution, so the same key may be tried again. */
  injected?: boolean;
  /** In seconds. */
  retryAfter?: number | undefined;
}

export function failure(error: unknown, requestId: string): Replay {
  if (error instanceof ApiError) {
    const log = `https://dashboard.stripe.com/test/logs/${requestId}`;
    return {
      status: error.status,
      body: JSON.stringify({ error: { ...error.body, request_log_url: log } }),
    };
  }
  console.error(requestId, error);
  const message = "The sandbox failed while it executed this request. Its log names the cause.";
  return { status: 500, body: JSON.stringify({ error: { message, type: "api_error" } }) };
}

export function injected(
  status: number,
  { code, retryAfter }: Pick<FaultGiven, "code" | "retryAfter">,
): Answer {
  const type = status >= 500 ? "api_error" : status === 402 ? "card_error" : "invalid_request_error";
  const named = code ?? (status === 429 ? "rate_limit" : undefined);
  const body = JSON.stringify({
    error: { ...(named && { code: named }), message: `Injected fault ${status}.`, type },
  });
  return { status, body, injected: true, retryAfter };
}

export function toResponse(
  request: { id: string; key: string | null; account: string | null },
  answer: Answer,
): Response {
  // A plain record is written to the socket as it is; `Headers` would be built, sorted and taken apart again.
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Request-Id, Stripe-Should-Retry",
    "request-id": request.id,
    "stripe-version": apiVersion,
  };
  if (request.key !== null) headers["idempotency-key"] = encodeURI(request.key);
  if (request.account !== null) headers["stripe-account"] = request.account;
  if (answer.replayed) headers[replayHeader()] = "true";
  if (answer.status >= 500 && !answer.injected) headers["stripe-should-retry"] = "false";
  if (answer.status === 429) headers["retry-after"] = String(answer.retryAfter ?? 1);
  return new Response(answer.body, { status: answer.status || 500, headers });
}
