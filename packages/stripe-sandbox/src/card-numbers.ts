import { passesLuhn } from "./cards";

const runs = /(?<![\w.-])\d(?:[ -]?\d){11,18}(?![\w.-])/g;

/** For what is kept or shown: also a number that somebody sent in the wrong place is not repeated. */
export function withoutCardNumbers(text: string): string {
  if (text.length < 12) return text;
  return text.replace(runs, (run) => (passesLuhn(run.replace(/[ -]/g, "")) ? "***" : run));
}
