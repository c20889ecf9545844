import type { RunView } from "@farebox/billing";
import { wordsOf } from "../../lib/words";

export const isUnderWay = ({ state }: Pick<RunView, "state">): boolean =>
  state === "waiting" || state === "running";

const askedBy: Record<string, string> = {
  nightly: "Nightly sweep",
  outage: "Sweep after an outage",
};

export function runTitle({ kind, repairs, requestedBy }: RunView): string {
  const known = askedBy[requestedBy];
  if (known) return known;
  const what = kind === "backfill" ? "Backfill" : repairs ? "Sweep" : "Sweep, report only";
  return `${what} by ${requestedBy}`;
}

/** What it has done, and while it runs how long it may still take. */
export function progressText(run: RunView): string {
  const { progress, found, repaired, kind } = run;
  const listed = sum(progress.map((type) => type.listed));
  const filled = sum(progress.map((type) => type.filled));
  const parts = [`${listed.toLocaleString("en-GB")} read`];
  if (kind === "backfill") parts.push(`${filled.toLocaleString("en-GB")} written`);
  else parts.push(found === 0 ? "no difference" : `${found} differed, ${repaired} repaired`);
  if (!isUnderWay(run)) return parts.join(", ");
  const at = progress.find((type) => !type.done);
  if (at && run.state === "running") parts.push(`at ${wordsOf(at.objectType)}`);
  const left = timeLeft(progress);
  if (left !== null) parts.push(`about ${left} left`);
  return parts.join(", ");
}

/** Null while there is nothing to go by: for the kinds not begun yet nobody knows how many there are. */
function timeLeft(progress: RunView["progress"]): string | null {
  const seconds = sum(progress.map(({ secondsLeft }) => secondsLeft ?? 0));
  if (seconds <= 0) return null;
  if (seconds < 60) return "a minute";
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
