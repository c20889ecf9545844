import {
  type FrameCall,
  type FrameKind,
  type FrameReply,
  type FrameSettings,
  type FromFrame,
  frameUrl,
  isBare,
  openFrame,
  type ToFrame,
} from "../frame-channel";

export interface FrameHost {
  iframe: HTMLIFrameElement;
  send(message: ToFrame): void;
  call(call: FrameCall): Promise<FrameReply>;
  close(): void;
}

export interface FrameHostOptions {
  kind: FrameKind;
  baseUrl: string;
  settings: () => FrameSettings;
  onReady: () => void;
  onFilled: () => void;
  onEvent: (name: string, detail: Record<string, unknown>) => void;
}

let frames = 0;

export function createFrameHost(options: FrameHostOptions): FrameHost {
  const { baseUrl, settings, onReady, onFilled, onEvent } = options;
  const iframe = createIframe(options.kind, `${baseUrl}/_sandbox/frames/card`);
  const pending = new Map<number, (reply: FrameReply) => void>();
  let calls = 0;
  let port: MessagePort | undefined;

  const submitForm = () => {
    const form = iframe.closest("form");
    const button = form?.querySelector<HTMLButtonElement>("button:not([type]), [type=submit]");
    if (!button?.disabled) form?.requestSubmit(button);
  };
  const receive = ({ data }: MessageEvent<FromFrame>) => {
    if (data.type === "height") iframe.style.height = `${data.height}px`;
    if (data.type === "event") onEvent(data.name, data.detail);
    if (data.type === "submit") submitForm();
    if (data.type === "filled") onFilled();
    if (data.type === "reply") {
      pending.get(data.id)?.(data.reply);
      pending.delete(data.id);
    }
    if (data.type === "ready") {
      iframe.style.opacity = "1";
      onReady();
    }
  };
  openFrame(iframe, new URL(baseUrl).origin).then((opened) => {
    port = opened;
    port.onmessage = receive;
    port.postMessage({ type: "settings", settings: settings() } satisfies ToFrame);
  });

  return {
    iframe,
    send: (message) => port?.postMessage(message),
    call: (call) =>
      new Promise((resolve) => {
        calls += 1;
        pending.set(calls, resolve);
        port?.postMessage({ type: "call", id: calls, call } satisfies ToFrame);
      }),
    close: () => {
      port?.close();
      iframe.remove();
      for (const resolve of pending.values()) resolve({ error: unmounted });
      pending.clear();
    },
  };
}

export const unmounted = {
  type: "api_error",
  code: "element_unmounted",
  message: "The card form was closed before the answer arrived.",
};

const titles: Record<FrameKind, string> = {
  payment: "Secure payment input frame",
  card: "Secure payment input frame",
  address: "Secure address input frame",
  cardNumber: "Secure card number input frame",
  cardExpiry: "Secure expiration date input frame",
  cardCvc: "Secure CVC input frame",
};

function createIframe(kind: FrameKind, address: string): HTMLIFrameElement {
  const iframe = document.createElement("iframe");
  // The ring and the shadow of a field with a border may reach four pixels beyond it.
  const bare = isBare(kind);
  frames += 1;
  iframe.title = titles[kind];
  iframe.name = `__privateStripeFrame${frames}`;
  iframe.src = frameUrl(address);
  iframe.allow = "payment *";
  Object.assign(iframe.style, {
    display: "block",
    width: bare ? "100%" : "calc(100% + 8px)",
    height: bare ? "24px" : "240px",
    margin: bare ? "0" : "-4px",
    border: "0",
    opacity: "0",
    transition: "opacity 120ms ease-out",
    // Same scheme as the frame's document: only then is its canvas transparent on a dark page.
    colorScheme: "light",
  });
  return iframe;
}
