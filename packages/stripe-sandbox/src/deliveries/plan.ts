import { invalid } from "../http/errors";

export const deliveryModes = ["normal", "hold", "duplicate", "shuffle", "delay", "drop", "twin"] as const;
export type DeliveryMode = (typeof deliveryModes)[number];

export interface DeliveryModeOptions {
  /** Only these events; the others are delivered as usual. */
  types?: string[];
  /** Only so many events, then as usual. */
  times?: number;
  delayMs?: number;
  /** Within which a shuffled delivery gets its random moment. */
  windowMs?: number;
  seed?: number;
}

/** What happens to new deliveries until something else is asked for. */
export interface DeliveryPlan {
  /** The modes for this event; counts it. */
  modesFor(type: string): ReadonlySet<DeliveryMode>;
  /** When its delivery is tried first, in milliseconds from now. */
  waitMs(modes: ReadonlySet<DeliveryMode>): number;
  holds: boolean;
}

const none: ReadonlySet<DeliveryMode> = new Set();

export function createPlan(modes: DeliveryMode[] = [], options: DeliveryModeOptions = {}): DeliveryPlan {
  const { types, delayMs = 500, windowMs = 200, seed = 1 } = options;
  const asked = new Set(modes.filter((mode) => mode !== "normal"));
  const random = seededRandom(seed);
  let left = options.times ?? Number.POSITIVE_INFINITY;
  return {
    holds: asked.has("hold"),
    modesFor(type) {
      if (asked.size === 0 || left <= 0 || (types && !types.includes(type))) return none;
      left -= 1;
      return asked;
    },
    waitMs: (active) =>
      (active.has("delay") ? delayMs : 0) + (active.has("shuffle") ? Math.floor(random() * windowMs) : 0),
  };
}

/** A small generator, so that a disorder that broke something can be had again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function readModes(given: Record<string, unknown>): {
  modes: DeliveryMode[];
  options: DeliveryModeOptions;
} {
  const { mode, modes = mode, types, ...numbers } = given;
  const named = [modes].flat().map((name) => {
    const known = deliveryModes.find((candidate) => candidate === name);
    if (!known) throw invalid(`mode must be one of ${deliveryModes.join(", ")}.`, undefined, "mode");
    return known;
  });
  if (types !== undefined && !(Array.isArray(types) && types.every((type) => typeof type === "string")))
    throw invalid("types is a list of event names.", undefined, "types");
  const options: DeliveryModeOptions = types ? { types } : {};
  for (const name of ["times", "delayMs", "windowMs", "seed"] as const) {
    const value = numbers[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value >= 0)) throw invalid(`${name} is a number.`, undefined, name);
    options[name] = value;
  }
  return { modes: named, options };
}
