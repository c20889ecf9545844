import { TRPCClientError } from "@trpc/client";

/** What a screen needs to know of a failed call. `reason` is null where no answer of the API arrived. */
export interface Failure {
  reason: string | null;
  message: string;
  requestId: string | null;
}

const noAnswer = "We could not reach the server. Check your connection and try again.";

export function failureOf(error: unknown): Failure {
  const data = errorData(error);
  if (!data || !(error instanceof Error)) return { reason: null, message: noAnswer, requestId: null };
  return { reason: data.reason ?? "internal", message: error.message, requestId: data.requestId ?? null };
}

/** What a refusal brings along, such as the quote that holds now. */
export const detailsOf = (error: unknown): unknown => errorData(error)?.details ?? null;

export const isSignedOut = (error: unknown): boolean => errorData(error)?.code === "UNAUTHORIZED";

/** Worth asking again by itself: nothing came back, or the server failed. A refusal stays a refusal. */
export function isTransient(error: unknown): boolean {
  const data = errorData(error);
  return !data || (data.httpStatus ?? 0) >= 500;
}

interface ErrorData {
  code?: string;
  httpStatus?: number;
  reason?: string;
  requestId?: string | null;
  details?: unknown;
}

function errorData(error: unknown): ErrorData | null {
  return error instanceof TRPCClientError && error.data ? (error.data as ErrorData) : null;
}
