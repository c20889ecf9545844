import { Failure } from "./failure.mjs";
import { paint, say } from "./log.mjs";
import { areTasksEnding } from "./tasks.mjs";

const interactive = Boolean(process.stdout.isTTY);
const QUIET_PROGRESS_MS = 10_000;

/** Runs one step of a command and prints what it did and how long it took. `work` may report its progress. */
export async function step(title, work) {
  if (areTasksEnding()) throw new Failure("Stopped before everything had started.");
  const started = Date.now();
  let shown = started;
  const progress = (text) => {
    if (interactive) process.stdout.write(`\r\x1b[2K  … ${title}: ${text} (${seconds(started)})`);
    else if (Date.now() - shown > QUIET_PROGRESS_MS) {
      shown = Date.now();
      say(`  … ${title}: ${text} (${seconds(started)})`);
    }
  };
  if (interactive) process.stdout.write(`  … ${title}`);
  try {
    const detail = await work(progress);
    clear();
    say(
      `${paint("green", "  ✔")} ${title.padEnd(34)} ${paint("gray", `${seconds(started).padStart(7)}${text(detail)}`)}`,
    );
    return detail;
  } catch (error) {
    clear();
    throw error;
  }
}

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

const text = (detail) => (typeof detail === "string" && detail !== "" ? `  ${detail}` : "");
const clear = () => interactive && process.stdout.write("\r\x1b[2K");
