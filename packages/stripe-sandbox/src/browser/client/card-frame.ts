import { createApi } from "./api";
import { createAddressForm } from "./frame/address-form";
import { styledAppearance } from "./frame/element-style";
import type { AddressForm, CardForm } from "./frame/form";
import { frameCss } from "./frame/frame-css";
import { createPaymentForm } from "./frame/payment-form";
import { sendCard } from "./frame/send-card";
import { createStylesheet, isDark, loadFonts } from "./frame/stylesheet";
import {
  acceptPage,
  type FrameCall,
  type FrameReply,
  type FrameSettings,
  type FromFrame,
  isBare,
  type SavedMethod,
  type ToFrame,
} from "./frame-channel";
import type { StripeError } from "./stripe-types";

declare global {
  interface Window {
    /** For the frames of the same card beside this one. They share this origin; the page around them does not. */
    sandboxCard?: () => CardForm | undefined;
  }
}

const applyAppearance = createStylesheet(frameCss);
let settings: FrameSettings | undefined;
let form: CardForm | AddressForm | undefined;
let post: (message: FromFrame) => void = () => undefined;
let reported = "";

window.sandboxCard = cardForm;

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
  applyAppearance(styledAppearance(next.appearance, next.style));
  if (!form || !settings || shapeOf(settings) !== shapeOf(next)) {
    const onFilled = () => post({ type: "filled" });
    const options = { settings: next, typed: form?.typed() ?? {}, onChange: report, onFilled, remove };
    form = next.kind === "address" ? createAddressForm(options) : createPaymentForm(options);
    document.documentElement.lang = next.locale;
    document.body.replaceChildren(form.root);
  }
  form.root.classList.toggle("Form--dark", isDark(next.appearance));
  form.root.classList.toggle("Form--floating", next.appearance.labels === "floating" && !isBare(next.kind));
  form.root.classList.toggle("Form--still", next.appearance.disableAnimations === true);
  settings = next;
  if (first) announce(next);
  else report();
}

/** The form is rebuilt only for what it is made of; a new appearance must not take the focus away. */
function shapeOf(shape: FrameSettings): string {
  return JSON.stringify({ ...shape, appearance: null, fonts: null, style: null });
}

async function answer(call: FrameCall): Promise<FrameReply> {
  if (!form || !settings) return { error: { type: "api_error", message: "The form is not ready." } };
  if (call.method === "read_address") {
    if (call.shows) form.validate();
    return { value: form.state() };
  }
  if (call.method === "send_card") {
    const parts = (call.parts ?? []).map(cardBeside);
    const forms = [cardForm(), ...parts].flatMap((part) => part ?? []);
    if (forms.length <= parts.length)
      return { error: { type: "api_error", message: "This form holds no card." } };
    return sendCard({ forms, settings, api: api(settings) }, call);
  }
  const error = form.validate();
  report();
  return error ? { error } : { value: null };
}

function api(given: FrameSettings) {
  return createApi({ ...given, baseUrl: location.origin });
}

function cardForm(): CardForm | undefined {
  return form && "card" in form ? form : undefined;
}

function cardBeside(name: string): CardForm | undefined {
  const frame: Window | undefined = Reflect.get(window.parent, name);
  return frame?.sandboxCard?.();
}

async function remove(method: SavedMethod): Promise<StripeError | undefined> {
  if (!settings?.saved) return undefined;
  const { error } = await api(settings).post(`/_sandbox/elements/payment_methods/${method.id}/remove`, {
    customer_session_client_secret: settings.saved.secret,
  });
  const { id, type, billing_details } = method;
  const detail = { success: !error, payment_method: { id, type, billing_details } };
  post({
    type: "event",
    name: "savedpaymentmethodremove",
    detail: { ...detail, ...(error && { error: error.message }) },
  });
  return error;
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
