import { createApi } from "./api";
import { createAddressForm } from "./frame/address-form";
import { createCardForm } from "./frame/card-form";
import type { AddressForm, CardForm } from "./frame/form";
import { frameCss } from "./frame/frame-css";
import { sendCard } from "./frame/send-card";
import { createStylesheet, isDark, loadFonts } from "./frame/stylesheet";
import {
  acceptPage,
  type FrameCall,
  type FrameReply,
  type FrameSettings,
  type FromFrame,
  type ToFrame,
} from "./frame-channel";

const applyAppearance = createStylesheet(frameCss);
let settings: FrameSettings | undefined;
let form: CardForm | AddressForm | undefined;
let post: (message: FromFrame) => void = () => undefined;
let reported = "";

acceptPage((port) => {
  post = (message) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToFrame>) => receive(data);
});

async function receive(message: ToFrame): Promise<void> {
  if (message.type === "settings") return applySettings(message.settings);
  if (message.type === "call")
    return post({ type: "reply", id: message.id, reply: await answer(message.call) });
  if (message.type === "focus") return form?.focus();
  if (message.type === "clear") return form?.clear();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

function applySettings(next: FrameSettings): void {
  const first = settings === undefined;
  applyAppearance(next.appearance);
  if (!form || !settings || shapeOf(settings) !== shapeOf(next)) {
    const options = { settings: next, typed: form?.typed() ?? {}, onChange: report };
    form = next.kind === "address" ? createAddressForm(options) : createCardForm(options);
    document.documentElement.lang = next.locale;
    document.body.replaceChildren(form.root);
  }
  form.root.classList.toggle("Form--dark", isDark(next.appearance));
  form.root.classList.toggle("Form--still", next.appearance.disableAnimations === true);
  settings = next;
  if (first) announce(next);
}

/** The form is rebuilt only for what it is made of; a new appearance must not take the focus away. */
function shapeOf(shape: FrameSettings): string {
  return JSON.stringify({ ...shape, appearance: null, fonts: null });
}

async function answer(call: FrameCall): Promise<FrameReply> {
  if (!form || !settings) return { error: { type: "api_error", message: "The form is not ready." } };
  if (call.method === "read_address") {
    if (call.shows) form.validate();
    return { value: form.state() };
  }
  if (call.method === "send_card") {
    if (!("card" in form)) return { error: { type: "api_error", message: "This form holds no card." } };
    return sendCard(form, createApi({ ...settings, baseUrl: location.origin }), call);
  }
  const error = form.validate();
  report();
  return error ? { error } : { value: null };
}

function report(): void {
  const state = form?.state() ?? {};
  if (JSON.stringify(state) === reported) return;
  reported = JSON.stringify(state);
  post({ type: "event", name: "change", detail: state });
}

function announce({ fonts }: FrameSettings): void {
  const event = (name: string) => post({ type: "event", name, detail: {} });
  const height = () =>
    post({ type: "height", height: Math.ceil(document.body.getBoundingClientRect().height) });
  loadFonts(fonts);
  window.addEventListener("focus", () => event("focus"));
  window.addEventListener("blur", () => event("blur"));
  window.addEventListener("keydown", ({ key }) => key === "Escape" && event("escape"));
  window.addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter" && target instanceof HTMLInputElement) post({ type: "submit" });
  });
  new ResizeObserver(height).observe(document.body);
  height();
  report();
  post({ type: "ready" });
}
