import { behaviourOf } from "../../cards";
import { type Decline, failureType, outcomeOf } from "../../engine/card-outcome";
import { ApiError } from "../../http/errors";
import { newId } from "../../ids";
import type { SetupIntent } from "../../tables";
import type { Tx } from "../../transaction";
import { applicationOf } from "../connect/application";
import { settleMandate } from "../mandates/accept";
import { challengeUrl } from "../payment-intents/attempt";
import { saveToCustomer } from "../payment-methods/attach";

interface AttemptOptions {
  authenticated?: boolean;
  returnUrl?: string | undefined;
  inBrowser?: boolean;
}

/** Asks the bank whether the card may be kept. */
export function attemptSetup(
  tx: Tx,
  id: string,
  options: AttemptOptions,
): "succeeded" | "requires_action" | "declined" {
  const intent = tx.need("setup_intents", id);
  const method = tx.need("payment_methods", intent.payment_method ?? "", "payment_method");
  const facts = tx.need("cards", method.id);
  const { authenticated = false } = options;
  const outcome = outcomeOf(behaviourOf(facts.behaviour), {
    purpose: "setup",
    offSession: false,
    authenticated,
    setUp: facts.setUp,
  });
  if (outcome.kind === "requires_action") {
    recordAttempt(tx, intent, "requires_action");
    tx.patch("setup_intents", id, {
      status: "requires_action",
      next_action: nextAction(tx, intent, options),
      last_setup_error: null,
    });
    tx.emit("setup_intent.requires_action", "setup_intents", id);
    return "requires_action";
  }
  if (outcome.kind === "declined") {
    failSetup(tx, id, outcome.decline);
    return "declined";
  }
  tx.patch("cards", method.id, { setUp: true });
  recordAttempt(tx, intent, "succeeded");
  if (intent.customer) saveToCustomer(tx, method.id, intent.customer);
  settleMandate(tx, intent.mandate, "active");
  tx.patch("setup_intents", id, { status: "succeeded", next_action: null, last_setup_error: null });
  tx.emit("setup_intent.succeeded", "setup_intents", id);
  followSetup(tx, id);
  return "succeeded";
}

/** A subscription that waited for a card gets it. */
function followSetup(tx: Tx, id: string): void {
  const { payment_method: method } = tx.need("setup_intents", id);
  for (const subscription of tx.by("subscriptions", "pending_setup_intent", id)) {
    tx.patch("subscriptions", subscription.id, {
      pending_setup_intent: null,
      default_payment_method: method,
    });
    tx.emit("customer.subscription.updated", "subscriptions", subscription.id);
  }
}

export function failSetup(tx: Tx, id: string, reason: Decline): void {
  const intent = tx.need("setup_intents", id);
  const method = intent.payment_method ? tx.get("payment_methods", intent.payment_method) : undefined;
  const error: SetupIntent["last_setup_error"] = {
    code: reason.code,
    ...(reason.declineCode && { decline_code: reason.declineCode }),
    doc_url: `https://stripe.com/docs/error-codes/${reason.code.replaceAll("_", "-")}`,
    message: reason.message,
    ...(method && { payment_method: method }),
    type: failureType(reason),
  };
  recordAttempt(tx, intent, "failed", error);
  settleMandate(tx, intent.mandate, "inactive");
  tx.patch("setup_intents", id, {
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    last_setup_error: error,
  });
  tx.emit("setup_intent.setup_failed", "setup_intents", id);
}

export function setupFailed(intent: SetupIntent, shown: object): ApiError {
  const reason = intent.last_setup_error;
  return new ApiError(
    402,
    {
      code: reason?.code ?? "card_declined",
      ...(reason?.decline_code && { decline_code: reason.decline_code }),
      ...(reason?.doc_url && { doc_url: reason.doc_url }),
      message: reason?.message ?? "Your card was declined.",
      ...(reason?.payment_method && { payment_method: reason.payment_method }),
      setup_intent: shown,
      type: "card_error",
    },
    true,
  );
}

function recordAttempt(
  tx: Tx,
  intent: SetupIntent,
  status: string,
  error: SetupIntent["last_setup_error"] = null,
): void {
  const open = intent.latest_attempt ? tx.get("setup_attempts", intent.latest_attempt) : undefined;
  if (open?.status === "requires_action") {
    tx.patch("setup_attempts", open.id, { status, setup_error: error });
    return;
  }
  const { id } = tx.put("setup_attempts", {
    id: newId("setatt"),
    object: "setup_attempt",
    application: applicationOf(tx),
    created: tx.now,
    customer: intent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: intent.on_behalf_of,
    payment_method: intent.payment_method ?? "",
    payment_method_details: { type: "card" },
    setup_error: error,
    setup_intent: intent.id,
    status,
    usage: intent.usage,
  });
  tx.patch("setup_intents", intent.id, { latest_attempt: id });
}

function nextAction(tx: Tx, intent: SetupIntent, options: AttemptOptions): SetupIntent["next_action"] {
  if (options.inBrowser || !options.returnUrl) {
    const url = challengeUrl(tx, intent.id, intent.client_secret);
    return { type: "use_stripe_sdk", use_stripe_sdk: { type: "three_d_secure_redirect", sandbox_url: url } };
  }
  const url = challengeUrl(tx, intent.id, intent.client_secret, options.returnUrl);
  return { type: "redirect_to_url", redirect_to_url: { return_url: options.returnUrl, url } };
}
