import { IntegrationError } from "../integration-error";
import type { ElementsSession } from "../stripe-types";
import type { ElementsOptions } from "./elements-options";

/** In deferred mode the form was drawn before the intent existed; what it promised the customer must hold. */
export function checkIntentMatches(options: ElementsOptions, intent: ElementsSession): void {
  const { mode } = options;
  if (mode === undefined) return;
  const isPayment = intent.type === "payment_intent";
  // A subscription whose first invoice is free only sets up the card.
  if (mode === "setup" ? isPayment : mode === "payment" && !isPayment) {
    throw mismatch("mode", mode, isPayment ? "payment" : "setup");
  }
  if (!isPayment) return;
  same("amount", options.amount, intent.amount);
  same("currency", options.currency, intent.currency);
  if (mode === "subscription") return;
  same(
    "setup_future_usage",
    options.setupFutureUsage ?? options.setup_future_usage ?? null,
    intent.setup_future_usage,
  );
  same(
    "capture_method",
    captureMethod(options.captureMethod ?? options.capture_method),
    captureMethod(intent.capture_method),
  );
}

/** The two automatic ways differ only in when the server learns of it. */
function captureMethod(value: string | null | undefined): string {
  return value === "manual" ? "manual" : "automatic";
}

function same(name: string, given: unknown, actual: unknown): void {
  if (given !== actual) throw mismatch(name, given, actual);
}

function mismatch(name: string, given: unknown, actual: unknown): IntegrationError {
  return new IntegrationError(
    `The ${name} given to elements (${String(given)}) does not match the intent of the clientSecret (${String(actual)}). Call elements.update() with the right one before elements.submit().`,
  );
}
