import type { Result } from "../api";
import type { FormParams } from "../form-encoding";
import { IntegrationError } from "../integration-error";
import { returnUrl } from "../return-url";
import type { ElementsSession, Intent, IntentKind, StripeError } from "../stripe-types";
import { withAddress } from "./address-params";
import { checkBillingPromise } from "./billing-promise";
import { type IntentRef, readClientSecret } from "./client-secret";
import type { StripeContext } from "./context";
import type { ElementInternals } from "./element";
import { type ElementsGroup, groupOf, lookOf, paymentElementOf } from "./elements-group";
import { unmounted } from "./frame-host";
import { checkIntentMatches } from "./intent-match";
import { retrieveIntent, settleIntent } from "./next-action";

export interface ConfirmOptions {
  elements?: unknown;
  clientSecret?: string;
  confirmParams?: { return_url?: string } & FormParams;
  redirect?: "always" | "if_required";
}

const callers = { payment_intent: "stripe.confirmPayment()", setup_intent: "stripe.confirmSetup()" };

/** The confirmation behind `confirmPayment` and `confirmSetup`; with `redirect: "always"` success leaves the page. */
export async function confirmWithElements(
  context: StripeContext,
  kind: IntentKind,
  options: ConfirmOptions,
): Promise<Result<Intent>> {
  const caller = callers[kind];
  const { params, returnAddress, redirect } = readOptions(options, caller);
  const group = options.elements ? groupOf(options.elements, caller) : undefined;
  const ref = intentToConfirm(group, options, kind);
  const element = hasOwnMethod(params) ? undefined : elementToConfirm(group, caller);
  const mismatch = group && (await refusalOfIntent(context, group, ref));
  if (mismatch) return { error: mismatch };
  const addressed = element ? await withAddress(group, params) : { value: params };
  if (!addressed.value) return addressed;
  // A saved card brings its own details.
  if (element && !group?.options.customerSessionClientSecret) {
    checkBillingPromise(element.options(), addressed.value, caller);
  }
  const body = { ...addressed.value, client_secret: ref.clientSecret, use_stripe_sdk: true };
  const confirmed = await sendConfirmation(context, ref, body, element);
  if (!confirmed.value) return confirmed;
  const settled = await settleIntent(context, ref, confirmed.value, group && lookOf(group));
  if (!settled.value || redirect === "if_required") return settled;
  return leaveFor(returnAddress, ref, settled.value);
}

export async function sendConfirmation(
  context: StripeContext,
  ref: IntentRef,
  body: FormParams,
  element: ElementInternals | undefined,
): Promise<Result<Intent>> {
  const path = `${ref.path}/confirm`;
  if (!element) return context.api.post<Intent>(path, body);
  const reply = await element.call({ method: "send_card", path, params: body });
  if (reply.error?.code === unmounted.code) return awaitConfirmation(context, ref, reply.error);
  return reply.error ? { error: reply.error } : { value: reply.value as Intent };
}

/** The page may drop the form once it sees the payment succeed; the request is on its way and its end is read here. */
async function awaitConfirmation(
  context: StripeContext,
  ref: IntentRef,
  lost: StripeError,
): Promise<Result<Intent>> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const found = await retrieveIntent(context, ref);
    if (found.error) return found;
    if (!isUnconfirmed(found.value)) return found;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return { error: lost };
}

function isUnconfirmed({ status }: Intent): boolean {
  return status === "requires_payment_method" || status === "requires_confirmation";
}

function readOptions(options: ConfirmOptions, caller: string) {
  if (typeof options !== "object" || options === null) {
    throw new IntegrationError(`${caller} needs an object of options.`);
  }
  const redirect = options.redirect ?? "always";
  if (redirect !== "always" && redirect !== "if_required") {
    throw new IntegrationError(
      `${caller}: redirect must be always or if_required. You specified: ${redirect}.`,
    );
  }
  const params = options.confirmParams ?? {};
  const returnAddress = params.return_url;
  if (redirect === "always" && !returnAddress) {
    throw new IntegrationError(
      `${caller}: confirmParams.return_url is required unless redirect is if_required.`,
    );
  }
  if (returnAddress !== undefined && !URL.canParse(returnAddress)) {
    throw new IntegrationError(
      `${caller}: confirmParams.return_url must be an absolute URL, got ${returnAddress}.`,
    );
  }
  return { params, returnAddress: returnAddress ?? "", redirect };
}

function intentToConfirm(
  group: ElementsGroup | undefined,
  options: ConfirmOptions,
  kind: IntentKind,
): IntentRef {
  const clientSecret = options.clientSecret ?? group?.options.clientSecret;
  return readClientSecret(clientSecret, `${callers[kind]} clientSecret`, kind);
}

function elementToConfirm(group: ElementsGroup | undefined, caller: string): ElementInternals {
  if (!group) {
    throw new IntegrationError(
      `${caller} needs elements, or a payment_method or confirmation_token in confirmParams.`,
    );
  }
  const deferred = group.options.mode !== undefined;
  if (deferred && !group.submitted) {
    throw new IntegrationError(`elements.submit() must be called, and succeed, before ${caller}.`);
  }
  return paymentElementOf(group);
}

/** The server knows the intent; a form that was drawn for another one is a mistake of the page. */
async function refusalOfIntent(
  context: StripeContext,
  { options }: ElementsGroup,
  ref: IntentRef,
): Promise<StripeError | undefined> {
  if (options.mode === undefined) return undefined;
  const { value, error } = await context.api.get<ElementsSession>("/_sandbox/elements/session", {
    client_secret: ref.clientSecret,
  });
  if (value) checkIntentMatches(options, value);
  return error;
}

function hasOwnMethod(params: FormParams): boolean {
  return params.payment_method !== undefined || params.confirmation_token !== undefined;
}

function leaveFor(address: string, ref: IntentRef, intent: Intent): Promise<never> {
  window.location.assign(returnUrl(address, ref, intent.status));
  return new Promise(() => undefined);
}
