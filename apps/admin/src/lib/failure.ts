import { TRPCClientError } from "@trpc/client";

/** A failed call as a screen needs it. `lost`: no answer came, so nobody knows what the server did. */
export interface Failure {
  code: string;
  reason: string;
  message: string;
  requestId: string | null;
  lost: boolean;
}

interface ErrorData {
  code: string;
  reason: string;
  requestId: string | null;
}

export function failureOf(error: unknown): Failure {
  const data = error instanceof TRPCClientError ? errorData(error.data) : null;
  if (!data) {
    return {
      code: "LOST",
      reason: "no_answer",
      message: "The server did not answer. Check your connection.",
      requestId: null,
      lost: true,
    };
  }
  const message = error instanceof Error ? error.message : "";
  return { ...data, message, lost: false };
}

export const isSignedOut = (error: unknown) => failureOf(error).code === "UNAUTHORIZED";

function errorData(data: unknown): ErrorData | null {
  if (typeof data !== "object" || data === null || !("code" in data)) return null;
  const { code, reason, requestId } = data as Record<string, unknown>;
  return {
    code: String(code),
    reason: typeof reason === "string" ? reason : "request_refused",
    requestId: typeof requestId === "string" ? requestId : null,
  };
}
