import type { Result } from "../api";
import { IntegrationError } from "../integration-error";
import type { ElementsSession, SessionCustomer } from "../stripe-types";
import type { Look } from "./challenge-dialog";
import type { IntentRef } from "./client-secret";
import { resolveLocale, type StripeContext } from "./context";
import { type ElementInternals, internalsOfElement, type SandboxElement } from "./element";
import { notMounted } from "./element-mount";
import type { ElementsOptions } from "./elements-options";

/** What the confirmation reads of a group; the page only sees its methods. */
export interface ElementsGroup {
  context: StripeContext;
  options: ElementsOptions;
  intent: IntentRef | undefined;
  session: Promise<Result<ElementsSession>>;
  merchant: string;
  /** The customer whose cards the session shows. */
  customer: SessionCustomer | undefined;
  /** Of the number that is being typed in a frame of its own. */
  brand: string;
  submitted: boolean;
  created: Map<string, SandboxElement>;
}

const groups = new WeakMap<object, ElementsGroup>();

export function rememberGroup(elements: object, group: ElementsGroup): void {
  groups.set(elements, group);
}

export function groupOf(elements: unknown, caller: string): ElementsGroup {
  const found = typeof elements === "object" && elements !== null ? groups.get(elements) : undefined;
  if (found) return found;
  throw new IntegrationError(`${caller} needs the object that stripe.elements() returned.`);
}

export function paymentElementOf(group: ElementsGroup): ElementInternals {
  const found = internalsOfElement(group.created.get("payment") ?? group.created.get("card"));
  if (!found?.isReady()) throw notMounted("payment");
  return found;
}

export function lookOf({ context, options }: ElementsGroup): Look {
  const locale = options.locale ? resolveLocale(options.locale) : context.locale;
  return { appearance: options.appearance ?? {}, locale };
}

export function refresh(group: ElementsGroup): void {
  for (const element of group.created.values()) internalsOfElement(element)?.refresh();
}

/** Takes over what the session says, once it is there. */
export async function learn(group: ElementsGroup): Promise<void> {
  const { value } = await group.session;
  group.merchant = value?.merchant ?? group.merchant;
  group.customer = value?.customer;
}

export function loadSession(
  context: StripeContext,
  intent: IntentRef | undefined,
  customerSession: string | undefined,
): Promise<Result<ElementsSession>> {
  if (!intent && !customerSession) return Promise.resolve({ value: {} });
  return context.api.get("/_sandbox/elements/session", {
    client_secret: intent?.clientSecret,
    customer_session_client_secret: customerSession,
  });
}
