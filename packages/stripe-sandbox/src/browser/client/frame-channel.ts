import type { FormParams } from "./form-encoding";
import type { BillingDetails, StripeError } from "./stripe-types";

export interface Appearance {
  theme?: string;
  variables?: Record<string, string>;
  rules?: Record<string, Record<string, string>>;
  disableAnimations?: boolean;
}

export interface FontSource {
  cssSrc?: string;
  family?: string;
  src?: string;
  style?: string;
  weight?: string;
}

export type FrameKind = "payment" | "card" | "address";

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
  /** The merchant named in the sentence about future charges; empty when nothing is stored. */
  storedFor: string;
}

export type FrameCall =
  | { method: "validate" }
  | { method: "send_card"; path: string; params: FormParams }
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
