import { connectionError } from "../api";
import type { FrameCall, FrameKind, FrameReply, FrameSettings, ToFrame } from "../frame-channel";
import { IntegrationError } from "../integration-error";
import type { StripeError } from "../stripe-types";
import { containerMarks, type ElementClasses } from "./container-marks";
import { createFrameHost, type FrameHost } from "./frame-host";

const frameTimeoutMs = 15_000;

export interface ElementMount {
  open(target: string | HTMLElement): void;
  close(): void;
  isReady(): boolean;
  send(message: ToFrame): void;
  call(call: FrameCall): Promise<FrameReply>;
  focus(): void;
  frameName(): string | undefined;
}

export interface MountParts {
  kind: FrameKind;
  baseUrl: string;
  settings: () => FrameSettings;
  /** Resolves when the intent behind the element is known to exist. */
  loaded: () => Promise<StripeError | undefined>;
  emit: (name: string, detail?: Record<string, unknown>) => void;
  onFilled: () => void;
  /** The caller's own names for the states of the container. */
  classes: () => ElementClasses;
}

/** One element's place in the page: at most one frame, replaced when it is mounted elsewhere. */
export function createMount(parts: MountParts): ElementMount {
  const { kind, baseUrl, settings, loaded, emit } = parts;
  const marks = containerMarks(kind, parts.classes);
  let host: FrameHost | undefined;
  let ready = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const fail = (opened: FrameHost, error: StripeError) => {
    clearTimeout(patience);
    if (host === opened && !ready) emit("loaderror", { error });
  };
  const onReady = async (opened: FrameHost) => {
    clearTimeout(patience);
    const error = await loaded();
    if (host !== opened || error) return;
    ready = true;
    // The session may have named the merchant since the frame was opened.
    opened.send({ type: "settings", settings: settings() });
    emit("ready");
  };
  const close = () => {
    clearTimeout(patience);
    marks.clear();
    host?.close();
    host = undefined;
    ready = false;
  };
  return {
    close,
    isReady: () => ready,
    open: (target) => {
      const container = resolveContainer(target);
      if (host?.iframe.parentElement === container) return;
      close();
      const opened = createFrameHost({
        kind,
        baseUrl,
        settings,
        onReady: () => onReady(opened),
        onFilled: () => document.activeElement === opened.iframe && parts.onFilled(),
        onEvent: (name, detail) => {
          marks.follow(name, detail);
          emit(name, detail);
        },
      });
      host = opened;
      // A frame that cannot be loaded says nothing at all.
      patience = setTimeout(() => fail(opened, connectionError()), frameTimeoutMs);
      loaded().then((error) => error && fail(opened, error));
      container.replaceChildren(opened.iframe);
      marks.begin(container);
      // Frameworks attach their handlers after mounting.
      setTimeout(() => host === opened && emit("loaderstart"));
    },
    frameName: () => (ready ? host?.iframe.name : undefined),
    send: (message) => host?.send(message),
    call: async (call) => {
      if (!host || !ready) throw notMounted(kind);
      return host.call(call);
    },
    focus: () => {
      host?.iframe.focus();
      host?.send({ type: "focus" });
    },
  };
}

export function notMounted(kind: string): IntegrationError {
  return new IntegrationError(
    `The ${kind} Element is not ready: mount it and wait for its ready event before using it.`,
  );
}

export function resolveContainer(target: string | HTMLElement): HTMLElement {
  const node = typeof target === "string" ? document.querySelector(target) : target;
  if (node instanceof HTMLElement) return node;
  throw new IntegrationError(
    `The selector you specified (${String(target)}) applies to no DOM elements that are currently on the page.`,
  );
}
