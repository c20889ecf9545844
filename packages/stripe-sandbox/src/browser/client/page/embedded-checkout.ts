import { frameUrl } from "../frame-channel";
import { IntegrationError } from "../integration-error";
import type { StripeContext } from "./context";
import { resolveContainer } from "./element-mount";

export interface EmbeddedOptions {
  clientSecret?: string;
  fetchClientSecret?: () => Promise<string>;
  onComplete?: () => void;
}

export interface EmbeddedCheckout {
  mount(target: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
}

type Message = { from?: unknown; type?: unknown; url?: unknown; height?: unknown };

let open = false;

/** The checkout page in a frame of the merchant's page; it leaves for `return_url`, or calls `onComplete`. */
export async function createEmbeddedCheckoutPage(
  context: StripeContext,
  options: EmbeddedOptions = {},
): Promise<EmbeddedCheckout> {
  if (open) throw new IntegrationError("You cannot have multiple Embedded Checkout objects.");
  const secret = options.clientSecret ?? (await options.fetchClientSecret?.());
  const id = /^(cs_test_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$/.exec(secret ?? "")?.[1];
  if (!id || !secret)
    throw new IntegrationError("createEmbeddedCheckoutPage() needs the client_secret of a Checkout Session.");
  open = true;
  const iframe = createIframe();
  const address = new URL(frameUrl(`${context.baseUrl}/c/embed/${id}`));
  address.hash = `${address.hash.slice(1)}&${new URLSearchParams({ key: secret })}`;
  const receive = ({ source, data }: MessageEvent<Message>) => {
    if (source !== iframe.contentWindow || data?.from !== "farebox-sandbox:checkout") return;
    if (data.type === "height") iframe.style.height = `${Number(data.height)}px`;
    if (data.type !== "complete") return;
    if (typeof data.url === "string") location.assign(data.url);
    else options.onComplete?.();
  };
  const unmount = () => {
    window.removeEventListener("message", receive);
    iframe.remove();
  };
  let destroyed = false;
  return {
    mount(target) {
      if (destroyed) throw new IntegrationError("This Embedded Checkout has already been destroyed.");
      window.addEventListener("message", receive);
      iframe.src = address.href;
      resolveContainer(target).replaceChildren(iframe);
    },
    unmount,
    destroy() {
      unmount();
      if (!destroyed) open = false;
      destroyed = true;
    },
  };
}

function createIframe(): HTMLIFrameElement {
  const iframe = document.createElement("iframe");
  iframe.title = "Checkout";
  iframe.name = "embedded-checkout";
  iframe.allow = "payment";
  Object.assign(iframe.style, { border: "0", display: "block", width: "100%", minHeight: "640px" });
  return iframe;
}
