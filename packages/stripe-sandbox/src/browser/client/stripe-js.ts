import { createApi, type Result } from "./api";
import { IntegrationError } from "./integration-error";
import { readClientSecret } from "./page/client-secret";
import { type ConfirmOptions, confirmWithElements } from "./page/confirm";
import { type ConfirmCardData, confirmCard, handleNextAction } from "./page/confirm-card";
import { resolveLocale, type StripeContext } from "./page/context";
import { createElements } from "./page/elements";
import type { ElementsOptions } from "./page/elements-options";
import { createEmbeddedCheckoutPage, type EmbeddedOptions } from "./page/embedded-checkout";
import { retrieveIntent } from "./page/next-action";
import {
  createConfirmationToken,
  createPaymentMethod,
  createToken,
  type MethodOptions,
  type TokenData,
} from "./page/tokens";
import type { Intent, IntentKind } from "./stripe-types";

interface StripeOptions {
  stripeAccount?: string;
  locale?: string;
}

declare global {
  /** Written before this script by the server, for pages that load it as a module. */
  var __sandboxUrl: string;
}

const script = document.currentScript;
const baseUrl = script instanceof HTMLScriptElement ? new URL(script.src).origin : __sandboxUrl;

/** Callable with and without `new`; it returns a plain object, as `isStripe` of the React wrapper expects. */
function Stripe(publishableKey: unknown, options: StripeOptions = {}) {
  if (typeof publishableKey !== "string" || !publishableKey.startsWith("pk_test_")) {
    throw new IntegrationError(
      "Please call Stripe() with a publishable test key (pk_test_…): this is the local sandbox.",
    );
  }
  const { stripeAccount } = options;
  const api = createApi({ baseUrl, publishableKey, stripeAccount });
  const context: StripeContext = {
    api,
    baseUrl,
    publishableKey,
    stripeAccount,
    locale: resolveLocale(options.locale),
  };
  return stripeMethods(context);
}

function stripeMethods(context: StripeContext) {
  const confirm = async (kind: IntentKind, options: ConfirmOptions) =>
    named(kindName[kind], await confirmWithElements(context, kind, options));
  const card = async (kind: IntentKind, secret: unknown, data?: ConfirmCardData, options?: object) =>
    named(kindName[kind], await confirmCard(context, kind, secret, data, options));
  const nextAction = async (secret: unknown, caller: string) =>
    named(nameFor(secret), await handleNextAction(context, secret, caller));
  const retrieve = async (caller: string, kind: IntentKind, secret: unknown) =>
    named(kindName[kind], await retrieveIntent(context, readClientSecret(secret, caller, kind)));
  return {
    elements: (options?: ElementsOptions) => createElements(context, options),
    confirmPayment: (options: ConfirmOptions) => confirm("payment_intent", options),
    confirmSetup: (options: ConfirmOptions) => confirm("setup_intent", options),
    confirmCardPayment: (secret: unknown, data?: ConfirmCardData, options?: object) =>
      card("payment_intent", secret, data, options),
    confirmCardSetup: (secret: unknown, data?: ConfirmCardData, options?: object) =>
      card("setup_intent", secret, data, options),
    handleNextAction: ({ clientSecret }: { clientSecret: unknown }) =>
      nextAction(clientSecret, "handleNextAction"),
    handleCardAction: (secret: unknown) => nextAction(secret, "handleCardAction"),
    retrievePaymentIntent: (secret: unknown) => retrieve("retrievePaymentIntent()", "payment_intent", secret),
    retrieveSetupIntent: (secret: unknown) => retrieve("retrieveSetupIntent()", "setup_intent", secret),
    createPaymentMethod: async (options: MethodOptions) =>
      named("paymentMethod", await createPaymentMethod(options)),
    createToken: async (element: unknown, data?: TokenData) =>
      named("token", await createToken(element, data)),
    createConfirmationToken: async (options: MethodOptions) =>
      named("confirmationToken", await createConfirmationToken(options)),
    createEmbeddedCheckoutPage: (options?: EmbeddedOptions) => createEmbeddedCheckoutPage(context, options),
    ...notModelled,
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  };
}

/** Named by the wrapper for React, so that what is missing says so. */
const notModelled = Object.fromEntries(
  ["initCheckoutElementsSdk", "initCheckoutFormSdk", "paymentRequest"].map((name) => [
    name,
    () => {
      throw new IntegrationError(`The sandbox does not model stripe.${name}().`);
    },
  ]),
);

const kindName = { payment_intent: "paymentIntent", setup_intent: "setupIntent" } as const;

function nameFor(secret: unknown): string {
  return String(secret).startsWith("seti_") ? kindName.setup_intent : kindName.payment_intent;
}

function named<T extends Intent | object>(name: string, result: Result<T>): Record<string, unknown> {
  return result.error ? { error: result.error } : { [name]: result.value };
}

Stripe.version = "endive";
Object.assign(window, { Stripe });
