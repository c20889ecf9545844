/** What went wrong, for machines; `reason` is what a UI switches on and the message is for people. */
export const errorCodes = [
  "NOT_FOUND",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "INVALID",
  "CONFLICT",
  "NOT_ALLOWED",
  "PROVIDER_DECLINED",
  "INTERNAL",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export class BillingError extends Error {
  override readonly name = "BillingError";

  constructor(
    readonly code: ErrorCode,
    readonly reason: string,
    message: string,
    options?: { cause?: unknown; details?: Record<string, unknown> },
  ) {
    super(message, { cause: options?.cause });
    this.details = options?.details;
  }

  readonly details: Record<string, unknown> | undefined;
}

export const notFound = (what: string) =>
  new BillingError("NOT_FOUND", `${what}_not_found`, `We could not find this ${what.replaceAll("_", " ")}.`);

export const notAllowed = (reason: string, message: string, details?: Record<string, unknown>) =>
  new BillingError("NOT_ALLOWED", reason, message, { details });

export const conflict = (reason: string, message: string) => new BillingError("CONFLICT", reason, message);

export const invalid = (reason: string, message: string) => new BillingError("INVALID", reason, message);
