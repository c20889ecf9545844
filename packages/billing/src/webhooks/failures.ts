import { inspect } from "node:util";
import Stripe from "stripe";
import { isMissing, isRateLimited } from "../stripe/errors";

/** What this object belongs to is not here yet. */
export class MissingParent extends Error {
  override readonly name = "MissingParent";
}

/** Failures are given up at their last try, so more tries than that have ended with their process. */
export class NeverReturned extends Error {
  override readonly name = "NeverReturned";
  override readonly message = "Whoever tried this did not live to say how it went.";
}

/** A promise that a handler forgot about was rejected. */
export class StrayRejection extends Error {
  override readonly name = "StrayRejection";
  override readonly message: string;

  constructor(override readonly cause: unknown) {
    super();
    this.message = `A promise nobody waited for was rejected: ${describe(cause)}`;
  }
}

export type FailureKind = "transient" | "permanent" | "missing_parent" | "rate_limited";

export interface Failure {
  kind: FailureKind;
  /** For machines: why it is given up, when it is. */
  reason: string;
}

/** The same mapping fails the same way each time; a lock, a lost connection or a parent on its way does not. */
export function classify(error: unknown): Failure {
  if (error instanceof NeverReturned) return { kind: "permanent", reason: "never_returned" };
  if (error instanceof StrayRejection) return { kind: "transient", reason: "unhandled_rejection" };
  if (error instanceof MissingParent || isMissing(error))
    return { kind: "missing_parent", reason: "missing_parent" };
  if (error instanceof Stripe.errors.StripeError) return ofStripe(error);
  if (!(error instanceof Error)) return { kind: "transient", reason: "thrown_value" };
  if (unmappable.has(error.name)) return { kind: "permanent", reason: "not_mappable" };
  return ofDatabase((error as { code?: unknown }).code) ?? { kind: "transient", reason: "error" };
}

const unmappable = new Set(["TypeError", "RangeError", "ZodError", "BillingError"]);

function ofStripe(error: Stripe.errors.StripeError): Failure {
  if (error.code === "lock_timeout") return { kind: "transient", reason: "stripe_lock" };
  if (isRateLimited(error)) return { kind: "rate_limited", reason: "stripe_rate_limit" };
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    return { kind: "permanent", reason: "stripe_invalid_request" };
  }
  const refused =
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError;
  return { kind: "transient", reason: refused ? "stripe_key_refused" : "stripe_unavailable" };
}

function ofDatabase(code: unknown): Failure | null {
  if (typeof code !== "string") return null;
  if (code === "23503" || code === "P2003") return { kind: "missing_parent", reason: "missing_parent" };
  if (/^(22...|23502|23514|42...)$/.test(code)) return { kind: "permanent", reason: "not_storable" };
  if (isConflict(code)) return { kind: "transient", reason: "database_conflict" };
  return /^([0-9A-Z]{5}|E[A-Z]+|P\d{4})$/.test(code)
    ? { kind: "transient", reason: "database_unavailable" }
    : null;
}

const isConflict = (code: string) => ["40001", "40P01", "55P03", "P2034", "23505"].includes(code);

/** Two transactions were in each other's way and nothing was written: the same may simply be tried again. */
export const isDeadlock = (error: unknown): boolean =>
  ["40001", "40P01"].includes(String((error as { code?: unknown } | null)?.code));

const mostTries: Record<FailureKind, number> = {
  transient: 15,
  permanent: 1,
  missing_parent: 10,
  rate_limited: Number.POSITIVE_INFINITY,
};

/** After that many failures in a row an object is given up until there is news of it, or somebody redrives it. */
export const maxAttempts = mostTries.transient;

export const isGivenUp = ({ kind }: Failure, attempts: number): boolean => attempts >= mostTries[kind];

/** One line that a text column can hold. */
export const describe = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${inspect(error)}`)
    .replaceAll("\0", "")
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .slice(0, 1000);
