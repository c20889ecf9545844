import type { Result } from "./measure";

const columns = [16, 11, 11, 11, 7, 8, 16] as const;

const line = (cells: readonly string[], last: string) =>
  [
    ...cells.map((cell, index) =>
      index === 0 ? cell.padEnd(columns[0]) : cell.padStart(columns[index] ?? 0),
    ),
    ` ${last}`,
  ].join("");

export const headLine = line(["row", "ours", "theirs", "unit", "ratio", "goal", "memory MB"], "");

export function resultLine(result: Result): string {
  const { name, ours, theirs, unit, ratio, goal, better, memory, met } = result;
  const sign = better === "higher" ? ">=" : "<=";
  return line(
    [
      name,
      String(ours ?? "-"),
      String(theirs ?? "-"),
      unit,
      String(ratio ?? "-"),
      `${sign} ${goal}`,
      memory ? `${memory.ours} / ${memory.theirs}` : "-",
    ],
    ratio === null ? "NOT MEASURED" : met ? "met" : "MISSED",
  );
}
