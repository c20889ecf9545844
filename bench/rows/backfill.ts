import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { adminRouter } from "@farebox/billing";
import { type Account, sandboxAccount, subscribers } from "../account";
import { bundled, webhooksProgram } from "../bundles";
import { compare, type Goal } from "../measure";
import { emptyMirror, requireMirror } from "../mirror";
import { root } from "../processes";
import { residentMb } from "../resident";
import type { Database, Workspace } from "../workspace";
import type { Row } from "./row";

const goal: Goal = {
  name: "backfill",
  what: "objects per second mirrored from an existing account, against reading the same pages and writing nothing",
  unit: "objects/s",
  goal: 0.5,
  better: "higher",
};
const customers = 250;

export const backfillRow: Row = {
  goals: [goal],
  async measure(workspace) {
    const database = await workspace.database();
    const account = await sandboxAccount(workspace);
    await subscribers(account, customers);
    const theirBundle = await bundleThatOnlyReads();
    const ours = () => backfilled(workspace, database, account, {});
    const theirs = () => backfilled(workspace, database, account, { bundle: theirBundle });
    const sides = {
      ours: async () => {
        const reading = await ours();
        await requireMirror(database, account);
        return reading;
      },
      theirs,
    };
    return [await compare(goal, sides)];
  },
};

/** By a worker that starts, finds the run and ends: its own clock tells how long the run took. */
async function backfilled(
  workspace: Workspace,
  database: Database,
  account: Account,
  program: { bundle?: string },
) {
  const { billing, url } = database;
  await emptyMirror(database);
  const { runId } = await requested(billing);
  const worker = workspace.start(webhooksProgram(url, { role: "work", apiBase: account.url, ...program }));
  try {
    for (;;) {
      const { rows } = await billing.pool.query<{
        state: string;
        error: string;
        objects: number;
        ms: number;
      }>(
        `select state, error, extract(epoch from finished_at - started_at)::float8 * 1000 as ms,
          (select sum(listed)::int from reconcile_progress where run_id = id) as objects
        from reconcile_run where id = $1`,
        [runId],
      );
      const [run] = rows;
      if (run?.state === "done")
        return { value: (run.objects * 1000) / run.ms, residentMb: residentMb(worker.pid) };
      if (run?.error) throw new Error(`the backfill ended with ${run.error}`);
      await sleep(20);
    }
  } finally {
    await worker.stop();
  }
}

/** As a person in the console does it. */
function requested(billing: Database["billing"]) {
  const staff = {
    kind: "staff",
    id: "bench",
    name: "Bench",
    email: "bench@farebox.example",
    role: "admin",
  } as const;
  const caller = adminRouter.createCaller({ ...billing, actor: staff, requestId: "bench", ip: null });
  return caller.reconciliation.start({ kind: "backfill", repairs: true, reason: "measured by the bench" });
}

/** The same worker, bundled as it is for production but for the one line that writes a page. */
async function bundleThatOnlyReads(): Promise<string> {
  let replaced = 0;
  const outfile = await bundled("backfill", join(root, "apps/webhooks/src/main.ts"), [
    {
      name: "only-reads",
      setup(bundling) {
        bundling.onLoad({ filter: /billing\/src\/reconciliation\/sweep\.ts$/ }, ({ path }) => {
          const contents = readFileSync(path, "utf8").replace(fillsPage, () => {
            replaced += 1;
            return "0";
          });
          return { contents, loader: "ts" };
        });
      },
    },
  ]);
  if (replaced !== 1) throw new Error("the line that writes a page is not where this row expects it");
  return outfile;
}

const fillsPage = /await fill\(billing, source\.objectType, page\.found\)/;
