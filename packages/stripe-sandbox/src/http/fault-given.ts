import { invalid } from "./errors";

export interface FaultGiven {
  /** `*` in it stands for anything. */
  path: string;
  method?: string;
  /** How often it strikes: once, if neither this nor `forMs` is given. */
  times?: number;
  forMs?: number;
  /** Of each request that matches, between 0 and 1; the same seed strikes the same ones. */
  chance?: number;
  seed?: number;
  /** Answers this before anything is done, so that the same idempotency key may be tried again. */
  status?: number;
  code?: string;
  /** In seconds, with status 429. */
  retryAfter?: number;
  /** Keeps the status under the idempotency key, as Stripe keeps a 500. */
  saved?: boolean;
  /** Waits before the work is done. */
  latencyMs?: number;
  /** Does the work, then keeps the answer back for so long. */
  holdMs?: number;
  /** Does the work and cuts the connection. */
  dropAfterCommit?: boolean;
  /** Cuts the connection before anything is done. */
  reset?: boolean;
  /** For so long, reads see the state of the moment the fault was added. */
  staleMs?: number;
}

const numbers = [
  "times",
  "forMs",
  "chance",
  "seed",
  "status",
  "retryAfter",
  "latencyMs",
  "holdMs",
  "staleMs",
];
const switches = ["saved", "dropAfterCommit", "reset"];
const known = new Set([...numbers, ...switches, "path", "method", "code"]);
const effects = ["status", "latencyMs", "holdMs", "dropAfterCommit", "reset", "staleMs"] as const;

export function readFault(value: unknown): FaultGiven {
  if (typeof value !== "object" || value === null) throw invalid("A fault is a JSON object.");
  const given = Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
  for (const name of Object.keys(given))
    if (!known.has(name)) throw invalid(`A fault has no ${name.slice(0, 50)}.`, "parameter_unknown", name);
  for (const name of numbers) if (name in given) checkNumber(name, given[name]);
  for (const name of switches)
    if (name in given && typeof given[name] !== "boolean") throw wrong(name, "true or false");
  const fault = given as unknown as FaultGiven;
  if (typeof fault.path !== "string" || !fault.path.startsWith("/"))
    throw invalid("A fault needs a path that starts with /.", undefined, "path");
  if (fault.method !== undefined && typeof fault.method !== "string") throw wrong("method", "a text");
  if (fault.code !== undefined && typeof fault.code !== "string") throw wrong("code", "a text");
  if (!effects.some((name) => fault[name] !== undefined && fault[name] !== false))
    throw invalid(`A fault has one of ${effects.join(", ")}.`);
  return fault.method ? { ...fault, method: fault.method.toUpperCase() } : fault;
}

function checkNumber(name: string, value: unknown): void {
  if (typeof value !== "number" || !(value >= 0)) throw wrong(name, "a number that is not negative");
  if (name === "times" && !(Number.isInteger(value) && value > 0)) throw wrong(name, "a positive integer");
  if (name === "chance" && value > 1) throw wrong(name, "between 0 and 1");
  if (name === "status" && !(Number.isInteger(value) && value >= 400 && value <= 599))
    throw wrong(name, "between 400 and 599");
}

function wrong(name: string, what: string) {
  return invalid(`${name} is ${what}.`, undefined, name);
}
