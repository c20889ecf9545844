import { IntegrationError } from "../integration-error";
import type { StripeError } from "../stripe-types";
import { readClientSecret } from "./client-secret";
import type { StripeContext } from "./context";
import { createIn } from "./create-in-group";
import { internalsOfElement, type SandboxElement } from "./element";
import type { ElementOptions } from "./element-options";
import {
  type ElementsGroup,
  learn,
  loadSession,
  paymentElementOf,
  refresh,
  rememberGroup,
} from "./elements-group";
import { checkElementsOptions, type ElementsOptions } from "./elements-options";
import { createEmitter, type Emitter } from "./emitter";

export interface SandboxElements extends Pick<Emitter, "on" | "once" | "off"> {
  create(kind: string, options?: ElementOptions): SandboxElement;
  getElement(kind: unknown): SandboxElement | null;
  update(options: ElementsOptions): Promise<void>;
  fetchUpdates(): Promise<{ error?: { message: string; status?: string } }>;
  submit(): Promise<{ error: StripeError } | { selectedPaymentMethod: string }>;
}

export function createElements(context: StripeContext, options: ElementsOptions = {}): SandboxElements {
  checkElementsOptions(options);
  const emitter = createEmitter();
  const intent = options.clientSecret ? readClientSecret(options.clientSecret, "elements()") : undefined;
  const session = loadSession(context, intent, options.customerSessionClientSecret);
  const group: ElementsGroup = {
    context,
    options,
    intent,
    session,
    merchant: "Farebox",
    customer: undefined,
    brand: "unknown",
    submitted: false,
    created: new Map(),
  };
  learn(group);
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
  rememberGroup(self, group);
  return self;
}

function updateGroup(group: ElementsGroup, changes: ElementsOptions): void {
  if (changes.clientSecret !== undefined && changes.clientSecret !== group.options.clientSecret) {
    throw new IntegrationError("elements.update(): the clientSecret of an Elements group cannot change.");
  }
  const session = changes.customerSessionClientSecret;
  if (session !== undefined && session !== group.options.customerSessionClientSecret) {
    throw new IntegrationError("elements.update(): the customerSessionClientSecret cannot change.");
  }
  const options = { ...group.options, ...changes };
  checkElementsOptions(options);
  group.options = options;
  // What the customer agreed to is another thing now; how it looks is not.
  const looks = ["appearance", "fonts", "locale"];
  if (Object.keys(changes).some((name) => !looks.includes(name))) group.submitted = false;
  refresh(group);
}

async function fetchUpdates(group: ElementsGroup): Promise<{ error?: { message: string } }> {
  if (!group.intent) {
    throw new IntegrationError("elements.fetchUpdates() needs an Elements group with a clientSecret.");
  }
  const result = await loadSession(group.context, group.intent, group.options.customerSessionClientSecret);
  if (result.error) return { error: { message: result.error.message ?? "The intent could not be loaded." } };
  group.session = Promise.resolve(result);
  await learn(group);
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

/** React's wrapper passes the component, which carries the type it renders. */
function kindOf(kind: unknown): string {
  if (typeof kind === "function" && "__elementType" in kind) return String(kind.__elementType);
  return String(kind);
}
