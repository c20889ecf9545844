import type { Result } from "../api";
import type { FrameKind } from "../frame-channel";
import { IntegrationError } from "../integration-error";
import type { ElementsSession, StripeError } from "../stripe-types";
import { type IntentRef, readClientSecret } from "./client-secret";
import type { StripeContext } from "./context";
import { createElement, type ElementInternals, internalsOfElement, type SandboxElement } from "./element";
import { notMounted } from "./element-mount";
import { type ElementOptions, frameSettings } from "./element-options";
import { checkElementsOptions, type ElementsOptions } from "./elements-options";
import { createEmitter, type Emitter } from "./emitter";

export interface SandboxElements extends Pick<Emitter, "on" | "once" | "off"> {
  create(kind: string, options?: ElementOptions): SandboxElement;
  getElement(kind: unknown): SandboxElement | null;
  update(options: ElementsOptions): Promise<void>;
  fetchUpdates(): Promise<{ error?: { message: string; status?: string } }>;
  submit(): Promise<{ error: StripeError } | { selectedPaymentMethod: string }>;
}

/** What the confirmation reads of a group; the page only sees its methods. */
export interface ElementsGroup {
  context: StripeContext;
  options: ElementsOptions;
  intent: IntentRef | undefined;
  session: Promise<Result<ElementsSession>>;
  merchant: string;
  submitted: boolean;
  created: Map<string, SandboxElement>;
}

const groups = new WeakMap<object, ElementsGroup>();
const kinds: readonly string[] = ["payment", "card", "address"] satisfies FrameKind[];

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

export function createElements(context: StripeContext, options: ElementsOptions = {}): SandboxElements {
  checkElementsOptions(options);
  const emitter = createEmitter();
  const intent = options.clientSecret ? readClientSecret(options.clientSecret, "elements()") : undefined;
  const session = loadSession(context, intent);
  const group: ElementsGroup = {
    context,
    options,
    intent,
    session,
    merchant: "Farebox",
    submitted: false,
    created: new Map(),
  };
  session.then(({ value }) => {
    group.merchant = value?.merchant ?? group.merchant;
  });
  const self: SandboxElements = {
    create: (kind, elementOptions = {}) => createIn(group, kind, elementOptions),
    getElement: (kind) => group.created.get(kindOf(kind)) ?? null,
    update: async (changes) => {
      updateGroup(group, changes);
      emitter.emit("update-end", {});
    },
    fetchUpdates: () => fetchUpdates(group),
    submit: () => submit(group),
    on: emitter.on,
    once: emitter.once,
    off: emitter.off,
  };
  groups.set(self, group);
  return self;
}

function createIn(group: ElementsGroup, kind: string, options: ElementOptions): SandboxElement {
  if (!isSupported(kind)) throw new IntegrationError(`The sandbox has no Element of the type ${kind}.`);
  if (group.created.has(kind)) {
    throw new IntegrationError(`Can only create one Element of type ${kind} through the same instance.`);
  }
  const element = createElement({
    kind,
    options,
    baseUrl: group.context.baseUrl,
    settings: (current) => frameSettings(group, kind, current),
    loaded: async () => (await group.session).error,
    onChange: () => {
      group.submitted = false;
    },
    onDestroy: () => group.created.delete(kind),
  });
  group.created.set(kind, element);
  if (kind === "address") refresh(group);
  return element;
}

function updateGroup(group: ElementsGroup, changes: ElementsOptions): void {
  if (changes.clientSecret !== undefined && changes.clientSecret !== group.options.clientSecret) {
    throw new IntegrationError("elements.update(): the clientSecret of an Elements group cannot change.");
  }
  const options = { ...group.options, ...changes };
  checkElementsOptions(options);
  group.options = options;
  refresh(group);
}

async function fetchUpdates(group: ElementsGroup): Promise<{ error?: { message: string } }> {
  if (!group.intent) {
    throw new IntegrationError("elements.fetchUpdates() needs an Elements group with a clientSecret.");
  }
  const result = await loadSession(group.context, group.intent);
  if (result.error) return { error: { message: result.error.message ?? "The intent could not be loaded." } };
  group.session = Promise.resolve(result);
  refresh(group);
  return {};
}

async function submit(group: ElementsGroup) {
  paymentElementOf(group);
  for (const element of group.created.values()) {
    const reply = await internalsOfElement(element)?.call({ method: "validate" });
    if (reply?.error) return { error: reply.error };
  }
  group.submitted = true;
  return { selectedPaymentMethod: "card" };
}

function refresh(group: ElementsGroup): void {
  for (const element of group.created.values()) internalsOfElement(element)?.refresh();
}

function loadSession(
  context: StripeContext,
  intent: IntentRef | undefined,
): Promise<Result<ElementsSession>> {
  if (!intent) return Promise.resolve({ value: {} });
  return context.api.get("/_sandbox/elements/session", { client_secret: intent.clientSecret });
}

function isSupported(kind: string): kind is FrameKind {
  return kinds.includes(kind);
}

/** React's wrapper passes the component, which carries the type it renders. */
function kindOf(kind: unknown): string {
  if (typeof kind === "function" && "__elementType" in kind) return String(kind.__elementType);
  return String(kind);
}
