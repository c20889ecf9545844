import { requestSweep, workOnRun } from "../../reconciliation/run";
import { brokenInvariants } from "../invariants";
import { projections } from "./projections";
import type { World } from "./world";

/** What is not as Stripe has it, judged by hand and with `sweeps` by the sweep too, and what is true of no good database. */
export async function compare(
  world: World,
  { sweeps, except }: { sweeps: boolean; except: string[] },
): Promise<string[]> {
  const broken = Object.entries(await brokenInvariants(world.billing.pool, except));
  return [
    ...broken.map(([name, ids]) => `invariant ${name}: ${ids.slice(0, 5).join(", ")}`),
    ...(await projected(world)),
    ...(sweeps ? await swept(world) : []),
  ];
}

/** By the sweep, which reads with the syncs that the worker has. It only looks. */
async function swept({ billing }: World): Promise<string[]> {
  const runId = await requestSweep(billing, { kind: "sweep", repairs: false, requestedBy: "campaign" });
  while (await workOnRun(billing, () => false));
  const run = await billing.db.reconcileRun.findUniqueOrThrow({
    where: { id: runId },
    include: { drift: true },
  });
  const found = run.drift.map(
    ({ objectType, objectId, kind, fields }) =>
      `drift of ${objectType} ${objectId}: ${kind} ${JSON.stringify(fields)}`,
  );
  return run.state === "done" ? found : [...found, `the sweep ended as ${run.state}: ${run.error}`];
}

/** By hand: what each object should look like here, written down once more. */
async function projected({ billing: { pool }, stripe, sandbox }: World): Promise<string[]> {
  const problems: string[] = [];
  for (const { table, kind, sql, truth } of projections) {
    const answer = await fetch(`${sandbox.url}/_sandbox/objects/${table}`);
    const stored = (await answer.json()) as { id: string; deleted?: true }[];
    const { rows } = await pool.query<{ id: string; row: unknown }>(sql);
    const ours = new Map(rows.map(({ id, row }) => [id, row]));
    for (const { id } of stored) {
      const expected = await truth(stripe, id);
      const difference = differenceOf(ours.get(id) ?? null, expected);
      if (difference) problems.push(`${kind} ${id}: ${difference}`);
      ours.delete(id);
    }
    for (const id of ours.keys()) problems.push(`${kind} ${id} is not at Stripe`);
  }
  return problems;
}

function differenceOf(ours: unknown, theirs: unknown): string | null {
  const [here, there] = [plain(ours), plain(theirs)];
  return here === there ? null : `${here} is at Stripe ${there}`;
}

/** Keys in one order; numbers and texts of numbers are one. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
