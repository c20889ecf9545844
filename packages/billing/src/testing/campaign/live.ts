import { compare } from "./compare";
import { heal } from "./heal";
import { type Act, chooser, type Known, type Moment, NothingYet, nobody } from "./moment";
import { acts, type Plan, type Step } from "./plan";
import { randomOf } from "./random";
import { troubles } from "./troubles";
import type { World } from "./world";

/** One line for each step: what was done, and what came of it. */
export type Trace = string[];

export interface Lived {
  seed: number;
  trace: Trace;
  /** What is not as it must be at the end; empty when all is well. */
  problems: string[];
}

/** Lives through a plan in a world that was reset, heals it, and looks whether everything is as it is at Stripe. */
export async function live(world: World, { seed, steps }: Plan): Promise<Lived> {
  const trace: Trace = [];
  const known = nobody();
  const random = randomOf(seed + 1_000_003);
  const meanwhile: Promise<unknown>[] = [];
  const faults: string[] = [];
  const watch = (step: Step) => (work: Promise<unknown>) => {
    meanwhile.push(work.catch((error: unknown) => faults.push(...faultOf(step, error))));
  };
  for (const [at, step] of steps.entries()) {
    const moment = momentOf(world, known, step, random.next, watch(step));
    const outcome = await attempt(step, moment);
    faults.push(...outcome.faults);
    trace.push(`${at} ${step.does} ${step.numbers.join(" ")}: ${outcome.told}`);
  }
  const did = (trouble: string) => steps.some(({ does }) => does === trouble);
  // What was read when Stripe's reads were behind may have gone back for a moment, and the history tells it.
  const except = did("stale") ? ["I24"] : [];
  const sweeps = steps.length > 50 || seed % 8 === 0;
  const problems = await heal(world, { meanwhile, dropped: did("drop") }).then(
    () => compare(world, { sweeps, except }),
    (error: Error) => [`never quiet: ${error.message}`],
  );
  return { seed, trace, problems: [...faults, ...problems] };
}

function momentOf(
  world: World,
  known: Known,
  { numbers }: Step,
  next: () => number,
  meanwhile: Moment["meanwhile"],
): Moment {
  const uuid = () => uuidOf(next);
  return { world, stripe: world.dashboard, known, numbers, uuid, one: chooser(numbers), meanwhile };
}

/** As random as the seed is. */
function uuidOf(next: () => number): string {
  const hex = Array.from({ length: 30 }, () => Math.floor(next() * 16).toString(16)).join("");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(12, 15)}`, `8${hex.slice(15, 18)}`];
  return `${parts.join("-")}-${hex.slice(18, 30)}`;
}

async function attempt(step: Step, moment: Moment): Promise<{ told: string; faults: string[] }> {
  const does: Act | ((moment: Moment) => unknown) | undefined = acts[step.does] ?? troubles[step.does];
  if (!does) throw new Error(`nobody knows how to ${step.does}`);
  try {
    await does(moment);
    return { told: "done", faults: [] };
  } catch (error) {
    if (error instanceof NothingYet) return { told: "nothing there yet", faults: [] };
    return {
      told: error instanceof Error ? error.message.slice(0, 150) : "refused",
      faults: faultOf(step, error),
    };
  }
}

/** Refusals and broken connections are part of life; a mistake in a program is not. */
function faultOf(step: Step, error: unknown): string[] {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const isMistake =
    (cause instanceof TypeError && cause.message !== "fetch failed") ||
    cause instanceof RangeError ||
    cause instanceof ReferenceError;
  return isMistake ? [`${step.does} broke: ${cause.stack ?? cause.message}`] : [];
}
