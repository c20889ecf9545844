import { invalid } from "./errors";

export interface Fault {
  path: string;
  method?: string | undefined;
  times: number;
  status?: number | undefined;
  /** Waits before the work is done. */
  latencyMs?: number | undefined;
  /** Does the work, then keeps the answer back for so long. */
  holdMs?: number | undefined;
  dropAfterCommit?: boolean | undefined;
}

export interface Faults {
  add(fault: unknown): void;
  take(method: string, path: string): Fault | undefined;
  clear(): void;
}

/** `*` in a path stands for anything. Each fault strikes `times` times, then is gone. */
export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add(fault) {
      faults.push(read(fault));
    },
    take(method, path) {
      const hit = faults.find((fault) => (fault.method ?? method) === method && matches(fault.path, path));
      if (!hit) return undefined;
      hit.times -= 1;
      faults = faults.filter((fault) => fault.times > 0);
      return hit;
    },
    clear() {
      faults = [];
    },
  };
}

function matches(pattern: string, path: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`).test(path);
}

function read(value: unknown): Fault {
  if (typeof value !== "object" || value === null) throw invalid("A fault is a JSON object.");
  const given = value as Record<string, unknown>;
  const { path, method, times = 1, status, latencyMs, holdMs, dropAfterCommit } = given;
  if (typeof path !== "string" || !path.startsWith("/"))
    throw invalid("A fault needs a path that starts with /.", undefined, "path");
  if (typeof times !== "number" || !Number.isInteger(times) || times < 1)
    throw invalid("times is a positive integer.", undefined, "times");
  if (status !== undefined && (typeof status !== "number" || status < 400 || status > 599)) {
    throw invalid("status is between 400 and 599.", undefined, "status");
  }
  if (status === undefined && latencyMs === undefined && holdMs === undefined && dropAfterCommit !== true) {
    throw invalid("A fault has one of status, latencyMs, holdMs, dropAfterCommit.");
  }
  return {
    path,
    method: typeof method === "string" ? method.toUpperCase() : undefined,
    times,
    status,
    latencyMs: milliseconds(latencyMs, "latencyMs"),
    holdMs: milliseconds(holdMs, "holdMs"),
    dropAfterCommit: dropAfterCommit === true,
  };
}

function milliseconds(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value >= 0))
    throw invalid(`${name} is a number of milliseconds.`, undefined, name);
  return value;
}
