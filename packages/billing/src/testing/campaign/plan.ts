import { hands } from "./acts/hands";
import { money, time } from "./acts/money";
import { people } from "./acts/people";
import { subscriptions } from "./acts/subscriptions";
import type { Act, Numbers } from "./moment";
import { type Random, randomOf } from "./random";
import { oftenTroubles, rareTroubles } from "./troubles";

export const acts: Record<string, Act> = { ...people, ...hands, ...subscriptions, ...money, ...time };

export interface Step {
  /** The name of an act or of a trouble. */
  does: string;
  numbers: Numbers;
}

/** Everything a seed decides. What it leads to also hangs on which process was faster. */
export interface Plan {
  seed: number;
  steps: Step[];
}

const opening = ["arrive", "subscribe", "pay", "lookAround", "latest", "meet"];
const favourites = [
  "subscribe",
  "pay",
  "pay",
  "latest",
  "latest",
  "lookAround",
  "refund",
  "refundByHand",
  "change",
  "wait",
  "charge",
  "bill",
  "giveBack",
  "collect",
];

/** Most histories are short, so that there are many; each fortieth is as long as a day. */
export const lengthOf = (seed: number): number => (seed % 40 === 0 ? 100 : 10);

export function planOf(seed: number, length = lengthOf(seed)): Plan {
  const random = randomOf(seed);
  const names = [...Object.keys(acts), ...favourites, ...favourites];
  const steps = opening.map((does) => ({ does, numbers: numbersOf(random) }));
  while (steps.length < length) {
    const does = random.chance(0.2) ? troubleOf(random) : random.pick(names);
    steps.push({ does, numbers: numbersOf(random) });
  }
  return { seed, steps };
}

const troubleOf = (random: Random): string => random.pick(random.chance(0.07) ? rareTroubles : oftenTroubles);

const numbersOf = (random: Random): Numbers => [
  random.below(100_000),
  random.below(100_000),
  random.below(100_000),
];
