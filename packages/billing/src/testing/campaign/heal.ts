import type pg from "pg";
import { pollEvents } from "../../reconciliation/poll-events";
import { requestSweep, workOnRun } from "../../reconciliation/run";
import { until } from "../until";
import type { World } from "./world";

/** For machines that are busy with something else. */
const patienceMs = 120_000;

/** Everything works again: what was lost is found, and nothing is on its way any more. */
export async function heal(
  world: World,
  { meanwhile, dropped }: { meanwhile: readonly Promise<unknown>[]; dropped: boolean },
): Promise<void> {
  const { sandbox, fleet } = world;
  sandbox.clearFaults();
  sandbox.deliveryMode("normal");
  await fleet.heal();
  await Promise.allSettled(meanwhile);
  await quiet(world);
  if (!dropped && !(await wasAnythingRefused(world))) return;
  await pollEvents(world.billing);
  await quiet(world);
  await requestSweep(world.billing, { kind: "sweep", repairs: true, requestedBy: "campaign" });
  while (await workOnRun(world.billing, () => false));
  await quiet(world);
}

/** A delivery that nobody took for as long as Stripe tries. */
async function wasAnythingRefused({ stripe }: World): Promise<boolean> {
  const { data } = await stripe.events.list({ delivery_success: false, limit: 1 });
  return data.length > 0;
}

/** Applying one event may cause another: over only when a whole round brought nothing new. */
async function quiet({ sandbox, billing: { pool } }: World): Promise<void> {
  for (let known = ""; ; ) {
    await sandbox.settled(patienceMs);
    const passing = setInterval(() => void letTimePass(pool).catch(() => undefined), 100);
    await until("everything to be applied and decided", () => isQuiet(pool), patienceMs)
      .catch(async (error: Error) => {
        throw new Error(`${error.message}: ${JSON.stringify(await unfinished(pool))}`);
      })
      .finally(() => clearInterval(passing));
    const now = await progress(pool);
    if (now === known) return;
    known = now;
  }
}

const waiting = "SELECT * FROM dirty_object WHERE due_at IS NOT NULL OR lease_token IS NOT NULL";
const undecided = "SELECT * FROM money_operation WHERE state IN ('submitted', 'unknown')";

async function isQuiet(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`SELECT NOT EXISTS (${waiting}) AND NOT EXISTS (${undecided}) AS quiet`);
  return rows[0].quiet;
}

/** Verbs have their second look after a minute, and what failed often waits long: here it is that late already. */
async function letTimePass(pool: pg.Pool): Promise<void> {
  await pool.query("UPDATE dirty_object SET due_at = now() WHERE due_at > now() + interval '200 ms'");
  await pool.query(
    "UPDATE money_operation SET attempts = 1 WHERE state IN ('submitted', 'unknown') AND attempts > 2",
  );
}

async function progress(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query(
    "SELECT (SELECT count(*) FROM webhook_event) || ' ' || coalesce(sum(dirty_seq), 0) AS at FROM dirty_object",
  );
  return rows[0].at;
}

async function unfinished(pool: pg.Pool): Promise<unknown> {
  const objects = await pool.query(`${waiting} LIMIT 5`);
  const operations = await pool.query(`${undecided} LIMIT 5`);
  return { objects: objects.rows, operations: operations.rows };
}
