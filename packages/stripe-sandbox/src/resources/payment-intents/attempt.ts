import { behaviourOf } from "../../cards";
import { type Decline, failureType, outcomeOf } from "../../engine/card-outcome";
import { ApiError } from "../../http/errors";
import type { PaymentIntent, PaymentMethod } from "../../tables";
import type { Tx } from "../../transaction";
import { bookCharge, newCharge } from "../charges/create";
import { passOn, takeApplicationFee } from "../connect/split";
import { saveToCustomer } from "../payment-methods/attach";

/** How long the bank keeps an amount for us that is not captured. */
const authorizedMs = 7 * 24 * 60 * 60 * 1000;

export interface AttemptOptions {
  offSession: boolean;
  authenticated?: boolean;
  /** A server without a browser wants a refusal, not a challenge. */
  errorOnAction?: boolean;
  returnUrl?: string | undefined;
  /** Stripe.js shows the challenge itself. */
  inBrowser?: boolean;
}

export type AttemptResult = "succeeded" | "requires_action" | "declined";

/** The one place where a card is charged. Emits the events of the intent and its charge, in their order. */
export function attemptPayment(tx: Tx, intentId: string, options: AttemptOptions): AttemptResult {
  const intent = tx.need("payment_intents", intentId);
  const method = tx.need("payment_methods", intent.payment_method ?? "", "payment_method");
  const facts = tx.need("cards", method.id);
  const { authenticated = false } = options;
  const outcome = outcomeOf(behaviourOf(facts.behaviour), {
    purpose: "charge",
    offSession: options.offSession,
    authenticated,
    setUp: facts.setUp,
  });
  if (outcome.kind === "declined") {
    decline(tx, intent, method, outcome.decline, authenticated);
    return "declined";
  }
  if (outcome.kind === "succeeded") {
    succeed(tx, intent, method, authenticated);
    return "succeeded";
  }
  if (options.errorOnAction) {
    failWithoutCharge(tx, intent, {
      code: "authentication_required",
      declineCode: "authentication_required",
      message: "Your card was declined. This transaction requires authentication.",
    });
    return "declined";
  }
  tx.patch("payment_intents", intent.id, {
    status: "requires_action",
    next_action: nextAction(tx, intent, options),
    last_payment_error: null,
  });
  tx.emit("payment_intent.requires_action", "payment_intents", intent.id);
  return "requires_action";
}

function succeed(tx: Tx, intent: PaymentIntent, method: PaymentMethod, authenticated: boolean): void {
  if (intent.setup_future_usage) {
    tx.patch("cards", method.id, { setUp: true });
    if (intent.customer) saveToCustomer(tx, method.id, intent.customer);
  }
  const captured = intent.capture_method !== "manual";
  const charge = newCharge(tx, intent, method, { authenticated, captured });
  tx.emit("charge.succeeded", "charges", charge.id);
  if (captured) passOn(tx, charge.id);
  tx.patch("payment_intents", intent.id, {
    status: captured ? "succeeded" : "requires_capture",
    amount_received: captured ? intent.amount : 0,
    amount_capturable: captured ? 0 : intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
    transfer_group: charge.transfer_group,
  });
  tx.emit(
    captured ? "payment_intent.succeeded" : "payment_intent.amount_capturable_updated",
    "payment_intents",
    intent.id,
  );
  if (captured) takeApplicationFee(tx, charge.id);
  if (intent.capture_method === "automatic") bookCharge(tx, charge.id);
  else if (captured) tx.soon("charge.settle", charge.id);
  else tx.schedule(authorizedMs, "payment_intent.expire", intent.id);
  useUp(tx, method.id);
}

/** A card that belongs to nobody pays once. */
function useUp(tx: Tx, method: string): void {
  if (tx.get("payment_methods", method)?.customer === null) tx.patch("cards", method, { detached: true });
}

function decline(
  tx: Tx,
  intent: PaymentIntent,
  method: PaymentMethod,
  reason: Decline,
  authenticated: boolean,
): void {
  const charge = newCharge(tx, intent, method, { decline: reason, authenticated, captured: false });
  tx.emit("charge.failed", "charges", charge.id);
  tx.patch("payment_intents", intent.id, { latest_charge: charge.id });
  failWithoutCharge(tx, intent, reason, charge.id);
}

export function failWithoutCharge(tx: Tx, intent: PaymentIntent, reason: Decline, charge?: string): void {
  const method = intent.payment_method ? tx.get("payment_methods", intent.payment_method) : undefined;
  tx.patch("payment_intents", intent.id, {
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    last_payment_error: {
      ...(charge && { charge }),
      code: reason.code,
      ...(reason.declineCode && { decline_code: reason.declineCode }),
      doc_url: `https://stripe.com/docs/error-codes/${reason.code.replaceAll("_", "-")}`,
      message: reason.message,
      ...(method && { payment_method: method }),
      type: failureType(reason),
    },
  });
  tx.emit("payment_intent.payment_failed", "payment_intents", intent.id);
}

function nextAction(tx: Tx, intent: PaymentIntent, options: AttemptOptions): PaymentIntent["next_action"] {
  if (options.inBrowser || !options.returnUrl) {
    const url = challengeUrl(tx, intent.id, intent.client_secret);
    return { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", sandbox_url: url } };
  }
  const url = challengeUrl(tx, intent.id, intent.client_secret, options.returnUrl);
  return { type: "redirect_to_url", redirect_to_url: { return_url: options.returnUrl, url } };
}

/** Where the customer proves to be the card's owner. Without a page around it, it ends at `returnUrl`. */
export function challengeUrl(
  tx: Tx,
  intent: string,
  clientSecret: string | null,
  returnUrl?: string,
): string {
  const url = new URL(`/_sandbox/3ds/${intent}`, tx.settings.url);
  url.searchParams.set("client_secret", clientSecret ?? "");
  if (returnUrl && URL.canParse(returnUrl)) url.searchParams.set("return_url", returnUrl);
  return url.href;
}

/** 402 with what happened; the declined charge stays. */
export function paymentFailed(intent: PaymentIntent, shown: object): ApiError {
  const reason = intent.last_payment_error;
  return new ApiError(
    402,
    {
      ...(reason?.charge && { charge: reason.charge }),
      code: reason?.code ?? "card_declined",
      ...(reason?.decline_code && { decline_code: reason.decline_code }),
      ...(reason?.doc_url && { doc_url: reason.doc_url }),
      message: reason?.message ?? "Your card was declined.",
      payment_intent: shown,
      ...(reason?.payment_method && { payment_method: reason.payment_method }),
      type: "card_error",
    },
    true,
  );
}
