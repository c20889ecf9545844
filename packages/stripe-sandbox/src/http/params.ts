import { invalid, notModelled } from "./errors";
import type { Raw, RawHash } from "./form";

export type Parser<T> = (raw: Raw, path: string) => T;
export type Spec = Record<string, Parser<unknown>>;
export type Infer<S extends Spec, R extends keyof S = never> = { [K in R]: ReturnType<S[K]> } & {
  [K in Exclude<keyof S, R>]?: ReturnType<S[K]>;
};
export type Metadata = Record<string, string>;

function plain(raw: Raw, path: string): string {
  if (typeof raw !== "string") throw invalid(`Invalid string: ${path}`, "parameter_invalid_string", path);
  return raw;
}

export const text: Parser<string> = (raw, path) => {
  const value = plain(raw, path);
  if (value === "") {
    throw invalid(
      `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset.`,
      "parameter_invalid_empty",
      path,
    );
  }
  if (value.length > 5000) throw invalid(`Invalid ${path}: must be at most 5000 characters`, undefined, path);
  return value;
};

export const int: Parser<number> = (raw, path) => {
  const value = plain(raw, path);
  if (!/^-?\d{1,15}$/.test(value))
    throw invalid(`Invalid integer: ${value.slice(0, 50)}`, "parameter_invalid_integer", path);
  return Number(value);
};

export const natural: Parser<number> = (raw, path) => {
  const value = int(raw, path);
  if (value < 0)
    throw invalid(`This value must be greater than or equal to 0.`, "parameter_invalid_integer", path);
  return value;
};

export const decimal: Parser<string> = (raw, path) => {
  const value = plain(raw, path);
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(value))
    throw invalid(`Invalid decimal: ${value.slice(0, 50)}`, undefined, path);
  return value;
};

export const bool: Parser<boolean> = (raw, path) => {
  const value = plain(raw, path);
  if (value !== "true" && value !== "false")
    throw invalid(`Invalid boolean: ${value.slice(0, 50)}`, undefined, path);
  return value === "true";
};

export const currency: Parser<string> = (raw, path) => {
  const value = plain(raw, path).toLowerCase();
  if (!/^[a-z]{3}$/.test(value)) throw invalid(`Invalid currency: ${value.slice(0, 50)}`, undefined, path);
  return value;
};

export function oneOf<const T extends string>(...values: T[]): Parser<T> {
  return (raw, path) => {
    const value = values.find((candidate) => candidate === raw);
    if (value) return value;
    throw invalid(`Invalid ${path}: must be one of ${values.join(", ")}`, undefined, path);
  };
}

/** An empty string clears. */
export function clearable<T>(parser: Parser<T>): Parser<T | null> {
  return (raw, path) => (raw === "" ? null : parser(raw, path));
}

export function either<A, B>(first: Parser<A>, second: Parser<B>): Parser<A | B> {
  return (raw, path) => {
    try {
      return first(raw, path);
    } catch {
      return second(raw, path);
    }
  };
}

export function list<T>(parser: Parser<T>): Parser<T[]> {
  return (raw, path) => {
    if (typeof raw === "string") throw invalid(`Invalid array`, undefined, path);
    const keys = Object.keys(raw);
    if (keys.some((key) => !/^\d+$/.test(key))) throw invalid(`Invalid array`, undefined, path);
    return keys
      .sort((left, right) => Number(left) - Number(right))
      .map((key) => parser(raw[key] ?? "", `${path}[${key}]`));
  };
}

export function hash<S extends Spec, R extends keyof S = never>(
  spec: S,
  required: R[] = [],
): Parser<Infer<S, R>> {
  return (raw, path) => {
    if (typeof raw === "string") throw invalid(`Invalid object`, undefined, path);
    return readHash(raw, spec, required.map(String), path) as Infer<S, R>;
  };
}

function readHash(raw: RawHash, spec: Spec, required: string[], path: string): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    const name = path === "" ? key : `${path}[${key}]`;
    const parser = Object.hasOwn(spec, key) ? spec[key] : undefined;
    if (!parser) throw invalid(`Received unknown parameter: ${name}`, "parameter_unknown", name);
    values[key] = parser(value, name);
  }
  for (const key of required) {
    const name = path === "" ? key : `${path}[${key}]`;
    if (!(key in values)) throw invalid(`Missing required param: ${name}.`, "parameter_missing", name);
  }
  return values;
}

export const metadata: Parser<Metadata | null> = (raw, path) => {
  if (raw === "") return null;
  if (typeof raw === "string") throw invalid(`Invalid object`, undefined, path);
  const values: Metadata = {};
  for (const [key, value] of Object.entries(raw)) {
    if (key.length > 40) throw invalid(`Metadata keys can have up to 40 characters: ${key}`, undefined, path);
    if (plain(value, `${path}[${key}]`).length > 500) {
      throw invalid(
        `Metadata values can have up to 500 characters, but you passed in a longer value for ${key}.`,
        undefined,
        path,
      );
    }
    values[key] = plain(value, path);
  }
  return values;
};

/** Merges; an empty value deletes its key, null clears all. */
export function mergeMetadata(current: Metadata | null, change: Metadata | null | undefined): Metadata {
  if (change === null) return {};
  const entries = Object.entries({ ...current, ...change }).filter(([, value]) => value !== "");
  if (entries.length > 50) throw invalid("You can have up to 50 metadata keys.", undefined, "metadata");
  return Object.fromEntries(entries);
}

/** Stripe takes it and the sandbox cannot honour it, so it says so instead of pretending. */
export const unsupported: Parser<undefined> = (_raw, path) => {
  throw notModelled(path);
};

/** Only the value that asks for what happens anyway. */
export function only<const T extends string>(...values: T[]): Parser<T> {
  return (raw, path) => {
    const value = values.find((candidate) => candidate === raw);
    if (value) return value;
    throw notModelled(path);
  };
}

export function clears(path: string, parser: Parser<unknown> = unsupported): Parser<unknown> {
  return (raw) => (raw === "" ? null : parser(raw, path));
}

export const anything: Parser<Raw> = (raw) => raw;

export const address = hash({
  city: clearable(text),
  country: clearable(text),
  line1: clearable(text),
  line2: clearable(text),
  postal_code: clearable(text),
  state: clearable(text),
});

export const shipping = hash(
  { address, name: text, phone: clearable(text), carrier: text, tracking_number: text },
  ["address", "name"],
);

export function fullAddress(
  value: Partial<Record<"city" | "country" | "line1" | "line2" | "postal_code" | "state", string | null>>,
) {
  return {
    city: value.city ?? null,
    country: value.country ?? null,
    line1: value.line1 ?? null,
    line2: value.line2 ?? null,
    postal_code: value.postal_code ?? null,
    state: value.state ?? null,
  };
}
