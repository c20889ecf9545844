import {
  type FrameCall,
  type FrameReply,
  type FrameSettings,
  type FromFrame,
  frameUrl,
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
  kind: string;
  baseUrl: string;
  settings: () => FrameSettings;
  onReady: () => void;
  onEvent: (name: string, detail: Record<string, unknown>) => void;
}

let frames = 0;

/** The visible iframe; its ring and shadow may reach four pixels beyond the fields. */
export function createFrameHost(options: FrameHostOptions): FrameHost {
  const { baseUrl, settings, onReady, onEvent } = options;
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

function createIframe(kind: string, address: string): HTMLIFrameElement {
  const iframe = document.createElement("iframe");
  frames += 1;
  iframe.title = kind === "address" ? "Secure address input frame" : "Secure payment input frame";
  iframe.name = `__privateStripeFrame${frames}`;
  iframe.src = frameUrl(address);
  iframe.allow = "payment *";
  Object.assign(iframe.style, {
    display: "block",
    width: "calc(100% + 8px)",
    height: "240px",
    margin: "-4px",
    border: "0",
    opacity: "0",
    transition: "opacity 120ms ease-out",
    // Same scheme as the frame's document: only then is its canvas transparent on a dark page.
    colorScheme: "light",
  });
  return iframe;
}
