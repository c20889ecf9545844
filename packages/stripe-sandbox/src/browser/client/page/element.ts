import type { FrameCall, FrameKind, FrameReply, FrameSettings } from "../frame-channel";
import { IntegrationError } from "../integration-error";
import type { StripeError } from "../stripe-types";
import type { Look } from "./challenge-dialog";
import { eventsOf } from "./element-events";
import { createMount, type ElementMount } from "./element-mount";
import { checkElementOptions, type ElementOptions } from "./element-options";
import { createEmitter, type Emitter, type Handler } from "./emitter";

export interface SandboxElement {
  mount(target: string | HTMLElement): SandboxElement;
  unmount(): SandboxElement;
  destroy(): SandboxElement;
  update(options: ElementOptions): SandboxElement;
  on(name: string, handler: Handler): SandboxElement;
  once(name: string, handler: Handler): SandboxElement;
  off(name: string, handler?: Handler): SandboxElement;
  focus(): SandboxElement;
  blur(): SandboxElement;
  clear(): SandboxElement;
  collapse(): SandboxElement;
  getValue(options?: object): Promise<unknown>;
}

export interface ElementInternals {
  kind: FrameKind;
  options(): ElementOptions;
  isReady(): boolean;
  call(call: FrameCall): Promise<FrameReply>;
  frameName(): string | undefined;
  look(): Look;
  /** Sends the settings again after the group or the element changed. */
  refresh(): void;
}

export interface ElementParts {
  kind: FrameKind;
  options: ElementOptions;
  baseUrl: string;
  settings: (options: ElementOptions) => FrameSettings;
  look: () => Look;
  loaded: () => Promise<StripeError | undefined>;
  /** The names of the frames that hold the rest of this card. */
  framesBeside: () => string[];
  onFilled: () => void;
  onEvent: (name: string, detail: Record<string, unknown>) => void;
  onDestroy: () => void;
}

const internals = new WeakMap<object, ElementInternals>();

export function internalsOfElement(element: unknown): ElementInternals | undefined {
  return typeof element === "object" && element !== null ? internals.get(element) : undefined;
}

export function createElement(parts: ElementParts): SandboxElement {
  const { kind } = parts;
  const emitter = createEmitter();
  let options = parts.options;
  const mount = createMount({
    ...parts,
    settings: () => parts.settings(options),
    classes: () => options.classes ?? {},
    emit: (name, detail = {}) => {
      parts.onEvent(name, detail);
      for (const [event, shown] of eventsOf(kind, name, detail)) {
        emitter.emit(event, { elementType: kind, ...shown });
      }
    },
  });
  const own: ElementInternals = {
    kind,
    options: () => options,
    isReady: mount.isReady,
    frameName: mount.frameName,
    look: parts.look,
    call: (call) => mount.call(call.method === "send_card" ? { ...call, parts: parts.framesBeside() } : call),
    refresh: () => mount.send({ type: "settings", settings: parts.settings(options) }),
  };
  const update = (changes: ElementOptions) => {
    const next = { ...options, ...changes };
    checkElementOptions(kind, next);
    options = next;
    own.refresh();
  };
  const self = elementMethods(mount, emitter, update, parts.onDestroy);
  internals.set(self, own);
  return self;
}

function elementMethods(
  mount: ElementMount,
  emitter: Emitter,
  update: (changes: ElementOptions) => void,
  onDestroy: () => void,
): SandboxElement {
  let destroyed = false;
  const chained =
    <Arguments extends unknown[]>(action: (...given: Arguments) => void) =>
    (...given: Arguments) => {
      if (destroyed) {
        throw new IntegrationError("This Element has already been destroyed. Please create a new one.");
      }
      action(...given);
      return self;
    };
  const self: SandboxElement = {
    mount: chained(mount.open),
    unmount: chained(mount.close),
    destroy: chained(() => {
      mount.close();
      destroyed = true;
      onDestroy();
    }),
    update: chained(update),
    on: chained(emitter.on),
    once: chained(emitter.once),
    focus: chained(mount.focus),
    blur: chained(() => mount.send({ type: "blur" })),
    clear: chained(() => mount.send({ type: "clear" })),
    // With a single payment method there is no list to fold into.
    collapse: chained(() => undefined),
    // Unlike the others it is harmless afterwards, and React cleans up its handlers last.
    off: (name, handler) => {
      emitter.off(name, handler);
      return self;
    },
    getValue: async (given = {}) => {
      const { value } = await mount.call({
        method: "read_address",
        shows: !("validate" in given && given.validate === false),
      });
      return value;
    },
  };
  return self;
}
