import type { Result } from "../api";
import { IntegrationError } from "../integration-error";
import type { Intent, NextAction, StripeError } from "../stripe-types";
import { type Look, openChallenge } from "./challenge-dialog";
import type { IntentRef } from "./client-secret";
import type { StripeContext } from "./context";

export function retrieveIntent(context: StripeContext, ref: IntentRef): Promise<Result<Intent>> {
  return context.api.get<Intent>(ref.path, { client_secret: ref.clientSecret });
}

/** Takes a confirmed intent to where the customer has nothing left to do, or says why that failed. */
export async function settleIntent(
  context: StripeContext,
  ref: IntentRef,
  intent: Intent,
  look?: Look,
): Promise<Result<Intent>> {
  if (intent.status !== "requires_action") return outcomeOf(ref, intent);
  const action = intent.next_action;
  if (action?.type === "redirect_to_url") return leavePage(action);
  const abandoned = await runChallenge(context, ref, action, look);
  if (abandoned?.error) return abandoned;
  const settled = await retrieveIntent(context, ref);
  return settled.value ? outcomeOf(ref, settled.value) : settled;
}

/** Abandoning a challenge is told to the server as a failed one, so the intent can be paid in another way. */
async function runChallenge(
  context: StripeContext,
  ref: IntentRef,
  action: NextAction | null,
  look: Look = { appearance: {}, locale: context.locale },
): Promise<Result<unknown> | undefined> {
  const end = await openChallenge(context, challengeAddress(context, action), look);
  if (end === "answered") return undefined;
  return context.api.post(`/_sandbox/3ds/${ref.id}`, { client_secret: ref.clientSecret, outcome: "fail" });
}

function challengeAddress(context: StripeContext, action: NextAction | null): string {
  const address = action?.use_stripe_sdk?.sandbox_url;
  if (address && new URL(address, context.baseUrl).origin === new URL(context.baseUrl).origin) {
    return new URL(address, context.baseUrl).toString();
  }
  throw new IntegrationError(`The sandbox cannot handle the next action ${action?.type ?? "(none)"}.`);
}

function outcomeOf(ref: IntentRef, intent: Intent): Result<Intent> {
  if (intent.status !== "requires_payment_method" && intent.status !== "requires_action")
    return { value: intent };
  const last = ref.kind === "payment_intent" ? intent.last_payment_error : intent.last_setup_error;
  return { error: { ...(last ?? authenticationFailure(ref)), [ref.kind]: intent } };
}

function authenticationFailure(ref: IntentRef): StripeError {
  return {
    type: "invalid_request_error",
    code: `${ref.kind}_authentication_failure`,
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  };
}

function leavePage(action: NextAction): Promise<never> {
  const url = action.redirect_to_url?.url;
  if (!url) throw new IntegrationError("The next action redirect_to_url has no address.");
  window.location.assign(url);
  return new Promise(() => undefined);
}
