import type { FrameCall, FrameKind, FrameReply, FrameSettings } from "../frame-channel";
import { IntegrationError } from "../integration-error";
import type { StripeError } from "../stripe-types";
import { createMount, type ElementMount } from "./element-mount";
import type { ElementOptions } from "./element-options";
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
  /** Sends the settings again after the group or the element changed. */
  refresh(): void;
}

export interface ElementParts {
  kind: FrameKind;
  options: ElementOptions;
  baseUrl: string;
  settings: (options: ElementOptions) => FrameSettings;
  loaded: () => Promise<StripeError | undefined>;
  onChange: () => void;
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
    emit: (name, detail = {}) => {
      if (name === "change") parts.onChange();
      emitter.emit(name, { elementType: kind, ...(name === "change" ? changeDetail(kind, detail) : detail) });
    },
  });
  const own: ElementInternals = {
    kind,
    options: () => options,
    isReady: mount.isReady,
    call: mount.call,
    refresh: () => mount.send({ type: "settings", settings: parts.settings(options) }),
  };
  const update = (changes: ElementOptions) => {
    options = { ...options, ...changes };
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

function changeDetail(kind: FrameKind, detail: Record<string, unknown>): Record<string, unknown> {
  if (kind !== "payment") return detail;
  return { empty: detail.empty, complete: detail.complete, collapsed: false, value: { type: "card" } };
}
