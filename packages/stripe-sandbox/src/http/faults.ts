import { seededRandom } from "../deliveries/plan";
import type { Store } from "../store";
import type { FaultGiven } from "./fault-given";
import { readFault } from "./fault-given";

export interface Fault extends FaultGiven {
  id: number;
  /** What reads see instead of the present. */
  state?: Store;
}

export interface Faults {
  add(fault: unknown): number;
  take(method: string, path: string): Fault | undefined;
  all(): Omit<Fault, "state">[];
  clear(): void;
}

interface Waiting extends Fault {
  left: number;
  until: number;
  strikes(): boolean;
}

/** Each strikes `times` times or for `forMs`, then is gone. The first that matches a request strikes. */
export function createFaults(freeze: () => Store): Faults {
  let faults: Waiting[] = [];
  let last = 0;

  function alive(): Waiting[] {
    faults = faults.filter(({ left, until }) => left > 0 && until > Date.now());
    return faults;
  }

  return {
    add(given) {
      const fault = readFault(given);
      last += 1;
      faults.push(waiting(fault, last, fault.staleMs === undefined ? undefined : freeze()));
      return last;
    },
    take(method, path) {
      if (faults.length === 0) return undefined;
      const hit = alive().find((fault) => applies(fault, method, path) && fault.strikes());
      if (hit) hit.left -= 1;
      return hit;
    },
    all: () => alive().map(({ state: _state, strikes: _strikes, ...shown }) => shown),
    clear() {
      faults = [];
    },
  };
}

function waiting(fault: FaultGiven, id: number, state: Store | undefined): Waiting {
  const { times, forMs = fault.staleMs, chance = 1, seed = 1 } = fault;
  const random = seededRandom(seed);
  return {
    ...fault,
    id,
    left: times ?? (forMs === undefined ? 1 : Number.POSITIVE_INFINITY),
    until: forMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + forMs,
    strikes: () => random() < chance,
    ...(state && { state }),
  };
}

function applies(fault: Fault, method: string, path: string): boolean {
  if (fault.staleMs !== undefined && method !== "GET") return false;
  return (fault.method ?? method) === method && matches(fault.path, path);
}

/** `*` stands for anything. */
function matches(pattern: string, path: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`).test(path);
}
