import { rmSync, writeFileSync } from "node:fs";
import { type Result, unmeasured } from "./measure";
import { killAll } from "./processes";
import { applyRow } from "./rows/apply";
import { backfillRow } from "./rows/backfill";
import { lagRow } from "./rows/lag";
import { memoryRow } from "./rows/memory";
import { queryRow } from "./rows/query";
import { receiveRow } from "./rows/receive";
import { receiveCeilingRow } from "./rows/receive-ceiling";
import type { Row } from "./rows/row";
import { sandboxRow } from "./rows/sandbox";
import { sandboxLimitsRow } from "./rows/sandbox-limits";
import { startRow } from "./rows/start";
import { typesRow } from "./rows/types";
import { headLine, resultLine } from "./table";
import { openWorkspace, type Workspace } from "./workspace";

const rows: Record<string, Row> = {
  receive: receiveRow,
  "receive-ceiling": receiveCeilingRow,
  apply: applyRow,
  lag: lagRow,
  backfill: backfillRow,
  memory: memoryRow,
  query: queryRow,
  start: startRow,
  types: typesRow,
  sandbox: sandboxRow,
  "sandbox-limits": sandboxLimitsRow,
};
/** Only a guard: on an idle machine all rows together take about four minutes. */
const rowLimitMs = process.argv.includes("--full") ? 1_800_000 : 300_000;

const resultsFile = new URL("results.json", import.meta.url);
let stopping = false;

async function bench(names: readonly string[]): Promise<boolean> {
  const unknown = names.find((name) => !Object.hasOwn(rows, name));
  if (unknown) throw new Error(`There is no row ${unknown}; there are ${Object.keys(rows).join(", ")}.`);
  const chosen = names.length > 0 ? names : Object.keys(rows);
  rmSync(resultsFile, { force: true });
  const workspace = await openWorkspace();
  stopOnSignal(workspace);
  const results: Result[] = [];
  console.log(headLine);
  try {
    for (const name of chosen) {
      const measured = await measure(name, workspace);
      if (stopping) return false;
      for (const result of measured) console.log(resultLine(result));
      results.push(...measured);
    }
  } finally {
    await workspace.remove();
  }
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  return results.every(({ ratio }) => ratio !== null);
}

async function measure(name: string, workspace: Workspace): Promise<Result[]> {
  const row = rows[name];
  if (!row) return [];
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`took longer than ${rowLimitMs / 1000} s`));
      killAll();
    }, rowLimitMs);
  });
  try {
    return await Promise.race([row.measure(workspace), tooLong]);
  } catch (error) {
    if (!stopping) console.error(`${name} could not be measured:`, error);
    return row.goals.map(unmeasured);
  } finally {
    clearTimeout(timer);
    await workspace.settle();
  }
}

function stopOnSignal(workspace: Workspace): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, async () => {
      stopping = true;
      killAll();
      await workspace.remove();
      process.exit(130);
    });
  }
}

bench(process.argv.slice(2).filter((argument) => argument !== "--full")).then(
  (measured) => process.exit(measured ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
