export type Handler = (event: Record<string, unknown>) => unknown;

export interface Emitter {
  on(name: string, handler: Handler): void;
  once(name: string, handler: Handler): void;
  off(name: string, handler?: Handler): void;
  emit(name: string, event: Record<string, unknown>): void;
}

export function createEmitter(): Emitter {
  const handlers = new Map<string, { handler: Handler; once: boolean }[]>();
  const add = (name: string, handler: Handler, once: boolean) => {
    handlers.set(name, [...(handlers.get(name) ?? []), { handler, once }]);
  };
  const off = (name: string, handler?: Handler) => {
    const rest = handlers.get(name)?.filter((entry) => handler !== undefined && entry.handler !== handler);
    handlers.set(name, rest ?? []);
  };
  return {
    off,
    on: (name, handler) => add(name, handler, false),
    once: (name, handler) => add(name, handler, true),
    emit: (name, event) => {
      for (const { handler, once } of handlers.get(name) ?? []) {
        if (once) off(name, handler);
        handler(event);
      }
    },
  };
}
