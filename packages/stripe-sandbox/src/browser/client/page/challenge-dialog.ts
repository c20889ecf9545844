import { type Appearance, type FromChallenge, frameUrl, openFrame, type ToChallenge } from "../frame-channel";
import type { StripeContext } from "./context";

/** As the form that led to the challenge. */
export interface Look {
  appearance: Appearance;
  locale: string;
}

export type ChallengeEnd = "answered" | "cancelled";

/** A modal in the top layer: focus cannot leave it, and Escape or the close button abandons the challenge. */
export function openChallenge(
  context: StripeContext,
  address: string,
  { appearance, locale }: Look,
): Promise<ChallengeEnd> {
  const german = locale.toLowerCase().startsWith("de");
  const dialog = createDialog(german ? "Bestätigung durch Ihre Bank" : "Authentication by your bank");
  const iframe = createIframe(address);
  const close = createCloseButton(german ? "Authentifizierung abbrechen" : "Cancel authentication");
  const panel = createPanel(appearance);
  panel.append(iframe, close);
  dialog.append(panel);
  document.body.append(dialog);

  return new Promise((resolve) => {
    const end = (outcome: ChallengeEnd) => {
      dialog.close();
      dialog.remove();
      resolve(outcome);
    };
    openFrame(iframe, new URL(context.baseUrl).origin).then((port) => {
      port.onmessage = ({ data }: MessageEvent<FromChallenge>) => {
        end(data.type === "answered" ? "answered" : "cancelled");
        port.close();
      };
      port.postMessage({
        type: "open",
        publishableKey: context.publishableKey,
        stripeAccount: context.stripeAccount,
        locale,
        appearance,
      } satisfies ToChallenge);
    });
    close.addEventListener("click", () => end("cancelled"));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end("cancelled");
    });
    dialog.showModal();
    iframe.focus();
  });
}

// Styles are set one by one through the object model, which a strict `style-src` allows.
function createDialog(label: string): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", label);
  Object.assign(dialog.style, {
    position: "fixed",
    inset: "0",
    width: "100vw",
    height: "100dvh",
    maxWidth: "none",
    maxHeight: "none",
    margin: "0",
    padding: "16px",
    boxSizing: "border-box",
    border: "0",
    display: "grid",
    placeItems: "center",
    background: "rgba(10, 14, 22, 0.6)",
    pointerEvents: "auto",
    zIndex: "2147483647",
  });
  return dialog;
}

function createPanel(appearance: Appearance): HTMLElement {
  const panel = document.createElement("div");
  Object.assign(panel.style, {
    position: "relative",
    // The page's colours from the start, so that nothing flashes while the challenge loads.
    color: colorIn(appearance, "colorText", "#30313d", "#ffffff"),
    background: colorIn(appearance, "colorBackground", "#ffffff", "#30313d"),
    width: "min(440px, 100%)",
    height: "min(480px, 100%)",
    borderRadius: "10px",
    overflow: "hidden",
    boxShadow: "0 16px 48px rgba(0, 0, 0, 0.35)",
  });
  return panel;
}

function createIframe(address: string): HTMLIFrameElement {
  const iframe = document.createElement("iframe");
  iframe.title = "3D Secure challenge";
  iframe.name = "__privateStripeChallenge";
  iframe.src = frameUrl(address);
  Object.assign(iframe.style, { display: "block", width: "100%", height: "100%", border: "0" });
  return iframe;
}

function createCloseButton(label: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", label);
  Object.assign(button.style, {
    position: "absolute",
    top: "10px",
    right: "10px",
    width: "36px",
    height: "36px",
    padding: "0",
    border: "0",
    borderRadius: "6px",
    background: "transparent",
    color: "inherit",
    font: "400 22px/36px system-ui, sans-serif",
    cursor: "pointer",
  });
  return button;
}

function colorIn(appearance: Appearance, name: string, day: string, night: string): string {
  return appearance.variables?.[name] ?? (appearance.theme === "night" ? night : day);
}
