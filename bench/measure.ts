/** What a row promises; `ratio` is ours divided by theirs. */
export interface Goal {
  name: string;
  what: string;
  unit: string;
  goal: number;
  better: "higher" | "lower";
}

/** One figure of one side, with the resident memory of whatever produced it. */
export interface Reading {
  value: number;
  residentMb: number;
}

export type Round = () => Promise<Reading>;

export interface Result extends Goal {
  ours: number | null;
  theirs: number | null;
  ratio: number | null;
  met: boolean;
  rounds: number;
  memory: { ours: number; theirs: number } | null;
}

export const standardRounds = 3;

/** Runs the two sides in turn, the other one first each time, so that drift of the machine meets both. */
export async function compare(
  goal: Goal,
  sides: { ours: Round; theirs: Round },
  rounds = standardRounds,
): Promise<Result> {
  const alone = (side: Round) => async () => [await side()];
  const [result] = await compareEach(
    [goal],
    { ours: alone(sides.ours), theirs: alone(sides.theirs) },
    rounds,
  );
  return result ?? unmeasured(goal);
}

/** The same, where each round gives a reading for each of several goals. */
export async function compareEach(
  goals: readonly Goal[],
  sides: { ours: () => Promise<Reading[]>; theirs: () => Promise<Reading[]> },
  rounds = standardRounds,
): Promise<Result[]> {
  const readings = { ours: [] as Reading[][], theirs: [] as Reading[][] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const);
    for (const side of order) readings[side].push(await sides[side]());
  }
  const ofGoal = (side: Reading[][], index: number) => side.flatMap((round) => round[index] ?? []);
  return goals.map((goal, index) =>
    judged(goal, { ours: ofGoal(readings.ours, index), theirs: ofGoal(readings.theirs, index) }),
  );
}

/** What the readings of all rounds come to. */
export function judged(goal: Goal, readings: { ours: Reading[]; theirs: Reading[] }): Result {
  const ours = median(readings.ours.map(({ value }) => value));
  const theirs = median(readings.theirs.map(({ value }) => value));
  const ratio = ours / theirs;
  if (!Number.isFinite(ratio) || ratio <= 0) throw new Error(`${ours} against ${theirs} is no measurement`);
  return {
    ...goal,
    ours: rounded(ours),
    theirs: rounded(theirs),
    ratio: rounded(ratio),
    met: goal.better === "higher" ? ratio >= goal.goal : ratio <= goal.goal,
    rounds: readings.ours.length,
    memory: { ours: peakMb(readings.ours), theirs: peakMb(readings.theirs) },
  };
}

export const unmeasured = (goal: Goal): Result => ({
  ...goal,
  ours: null,
  theirs: null,
  ratio: null,
  met: false,
  rounds: 0,
  memory: null,
});

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error("the median of nothing");
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Below it are so many of a hundred. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.min(Math.ceil((share / 100) * sorted.length), sorted.length) - 1];
  if (found === undefined) throw new Error("a percentile of nothing");
  return found;
}

/** Three significant digits: more would claim a precision that a shared machine does not have. */
const rounded = (value: number): number => Number(value.toPrecision(value >= 100 ? 4 : 3));

const peakMb = (readings: readonly Reading[]) =>
  Math.round(Math.max(...readings.map(({ residentMb }) => residentMb)));
