import type { FormParams } from "./form-encoding";
import type { BillingDetails, StripeError } from "./stripe-types";

export interface Appearance {
  theme?: string;
  variables?: Record<string, string>;
  rules?: Record<string, Record<string, string>>;
  disableAnimations?: boolean;
  labels?: "auto" | "above" | "floating";
}

export interface FontSource {
  cssSrc?: string;
  family?: string;
  src?: string;
  style?: string;
  weight?: string;
}

/** The card fields that stand alone, each in a frame of its own. */
export type CardPartKind = "cardNumber" | "cardExpiry" | "cardCvc";
export type FrameKind = "payment" | "card" | "address" | CardPartKind;

export type StyleVariant = Record<string, unknown>;
/** How the elements without labels are styled; the others follow the appearance. */
export type ElementStyle = Partial<Record<"base" | "complete" | "empty" | "invalid", StyleVariant>>;

/** A card of the customer that the form may offer again. */
export interface SavedMethod {
  id: string;
  type: string;
  billing_details: BillingDetails;
  card: { brand: string; last4: string; exp_month: number; exp_year: number };
}

/** What a customer session lets the form do with the customer's cards. */
export interface SavedCards {
  secret: string;
  methods: SavedMethod[];
  canRemove: boolean;
  /** The form asks whether to keep a new card. */
  canSave: boolean;
  saveUsage: string | null;
}

export interface FrameSettings {
  kind: FrameKind;
  publishableKey: string;
  stripeAccount?: string | undefined;
  locale: string;
  appearance: Appearance;
  fonts: FontSource[];
  billing: BillingDetails;
  asksCountry: boolean;
  asksPostalCode: boolean;
  readOnly: boolean;
  /** Empty allows every country. */
  allowedCountries: string[];
  addressMode: "billing" | "shipping";
  names: "full" | "split" | "organization" | "never";
  phone: "required" | "optional" | "never";
  style: ElementStyle;
  placeholder: string | undefined;
  showsIcon: boolean;
  /** The brand of the number in the frame beside this one: it decides how long the security code is. */
  brand: string;
  saved: SavedCards | null;
  /** The card can be charged again after this, whether or not the customer asks for it. */
  keepsCard: boolean;
  merchant: string;
  /** The merchant named in the sentence about future charges; empty when nothing is stored. */
  storedFor: string;
}

export type FrameCall =
  | { method: "validate" }
  /** `parts` are the names of the frames beside this one that hold the rest of the card. */
  | { method: "send_card"; path: string; params: FormParams; parts?: string[] }
  | { method: "read_address"; shows: boolean };

export type ToFrame =
  | { type: "settings"; settings: FrameSettings }
  | { type: "focus" | "blur" | "clear" }
  | { type: "call"; id: number; call: FrameCall };

export type FrameReply = { value: unknown; error?: undefined } | { error: StripeError; value?: undefined };

export type FromFrame =
  | { type: "ready" }
  /** Enter in a field, which submits the form around the element as it would around an input. */
  | { type: "submit" }
  /** The field is filled, so the focus belongs to the next frame. */
  | { type: "filled" }
  | { type: "height"; height: number }
  | { type: "event"; name: string; detail: Record<string, unknown> }
  | { type: "reply"; id: number; reply: FrameReply };

export type ToChallenge = {
  type: "open";
  publishableKey: string;
  stripeAccount?: string | undefined;
  locale: string;
  appearance: Appearance;
};

export type FromChallenge = { type: "answered" } | { type: "cancel" };

export function isCardPart(kind: FrameKind): kind is CardPartKind {
  return kind === "cardNumber" || kind === "cardExpiry" || kind === "cardCvc";
}

/** Without labels and borders, which the page draws. */
export function isBare(kind: FrameKind): boolean {
  return kind === "card" || isCardPart(kind);
}

const greeting = "farebox-sandbox:connect";

/** Page side. The port is handed only to a document of `origin`; anything else in the iframe never gets it. */
export function openFrame(iframe: HTMLIFrameElement, origin: string): Promise<MessagePort> {
  return new Promise((resolve) => {
    iframe.addEventListener("load", () => {
      const channel = new MessageChannel();
      iframe.contentWindow?.postMessage(greeting, origin, [channel.port2]);
      resolve(channel.port1);
    });
  });
}

/** Frame side. Only the direct parent, and only the origin named in the frame's own address, may connect. */
export function acceptPage(onConnect: (port: MessagePort) => void): void {
  const expected = new URLSearchParams(location.hash.slice(1)).get("parent");
  const listen = (event: MessageEvent) => {
    const [port] = event.ports;
    if (event.source !== window.parent || event.origin !== expected) return;
    if (event.data !== greeting || !port) return;
    window.removeEventListener("message", listen);
    onConnect(port);
  };
  window.addEventListener("message", listen);
}

export function frameUrl(address: string): string {
  const url = new URL(address);
  url.hash = new URLSearchParams({ parent: location.origin }).toString();
  return url.toString();
}
