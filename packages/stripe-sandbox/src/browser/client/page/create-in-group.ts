import { type CardPartKind, type FrameKind, isCardPart } from "../frame-channel";
import { IntegrationError } from "../integration-error";
import { createElement, type ElementInternals, internalsOfElement, type SandboxElement } from "./element";
import { checkElementOptions, type ElementOptions, frameSettings } from "./element-options";
import { type ElementsGroup, lookOf, refresh } from "./elements-group";

const cardParts: CardPartKind[] = ["cardNumber", "cardExpiry", "cardCvc"];
const kinds: readonly string[] = ["payment", "card", "address", ...cardParts] satisfies FrameKind[];
const notModelled = [
  "expressCheckout",
  "linkAuthentication",
  "contactDetails",
  "currencySelector",
  "iban",
  "auBankAccount",
  "paymentForm",
  "paymentMethodMessaging",
  "taxId",
  "terms",
];

export function createIn(group: ElementsGroup, kind: string, options: ElementOptions): SandboxElement {
  if (!isSupported(kind)) throw unsupported(kind);
  if (group.created.has(kind)) {
    throw new IntegrationError(`Can only create one Element of type ${kind} through the same instance.`);
  }
  checkElementOptions(kind, options);
  if (kind === "payment" && !group.intent && group.options.mode === undefined) {
    throw new IntegrationError(
      "In order to create a payment element, you must pass a clientSecret or mode when creating the Elements group.",
    );
  }
  const others = () => (kind === "cardNumber" ? cardParts.slice(1) : []);
  const element = createElement({
    kind,
    options,
    baseUrl: group.context.baseUrl,
    settings: (current) => frameSettings(group, kind, current),
    look: () => lookOf(group),
    loaded: async () => (await group.session).error,
    framesBeside: () => others().flatMap((part) => partIn(group, part)?.frameName() ?? []),
    onFilled: () => {
      const next = isCardPart(kind) ? cardParts[cardParts.indexOf(kind) + 1] : undefined;
      if (next && group.created.has(next)) group.created.get(next)?.focus();
    },
    onEvent: (name, detail) => follow(group, kind, name, detail),
    onDestroy: () => {
      group.created.delete(kind);
      if (kind === "address") refresh(group);
    },
  });
  group.created.set(kind, element);
  if (kind === "address") refresh(group);
  return element;
}

function partIn(group: ElementsGroup, kind: CardPartKind): ElementInternals | undefined {
  return internalsOfElement(group.created.get(kind));
}

/** What one element says and the others have to know. */
function follow(group: ElementsGroup, kind: FrameKind, name: string, detail: Record<string, unknown>): void {
  if (name === "change") group.submitted = false;
  if (name === "change" && kind === "cardNumber" && detail.brand !== group.brand) {
    group.brand = String(detail.brand);
    partIn(group, "cardCvc")?.refresh();
  }
  if (name !== "savedpaymentmethodremove" || !detail.success || !group.customer) return;
  const { id } = detail.payment_method as { id: string };
  const methods = group.customer.payment_methods.filter((method) => method.id !== id);
  group.customer = { ...group.customer, payment_methods: methods };
}

function unsupported(kind: string): IntegrationError {
  if (notModelled.includes(kind) || kind.startsWith("issuing")) {
    return new IntegrationError(
      `The sandbox does not model the ${kind} Element. It has: ${kinds.join(", ")}.`,
    );
  }
  return new IntegrationError(
    `A valid Element name must be provided. Valid Elements are: ${kinds.join(", ")}. You specified: ${kind}.`,
  );
}

function isSupported(kind: string): kind is FrameKind {
  return kinds.includes(kind);
}
