import { type Account, eachAtOnce, sandboxAccount } from "../account";
import { portIn, webhooksProgram } from "../bundles";
import { delivery } from "../events";
import { answeredPerSecond } from "../load";
import { type Goal, judged, type Reading } from "../measure";
import { emptyMirror, settled } from "../mirror";
import { residentMb } from "../resident";
import type { Workspace } from "../workspace";
import type { Row } from "./row";

const few = 10_000;
const many = process.argv.includes("--full") ? 200_000 : 30_000;
const goal: Goal = {
  name: "memory",
  what: `resident memory of a receiver and a worker after ${many.toLocaleString("en")} events, against after ${few.toLocaleString("en")}`,
  unit: "MB",
  goal: 1.2,
  better: "lower",
};
const rounds = 3;
const objects = 1_000;
const connections = 16;

/** Each round with processes of its own: what is read first is not what is read last. */
export const memoryRow: Row = {
  goals: [goal],
  async measure(workspace) {
    const account = await sandboxAccount(workspace);
    await eachAtOnce(objects, (index) => account.stripe.customers.create({ name: `Bench ${index}` }));
    const samples = await bodies(account);
    const readings = { ours: [] as Reading[], theirs: [] as Reading[] };
    for (let round = 0; round < rounds; round += 1) {
      const { after, stop } = await pipeline(workspace, account, samples);
      readings.theirs.push(await after(few));
      readings.ours.push(await after(many));
      await stop();
    }
    return [judged(goal, readings)];
  },
};

async function pipeline(workspace: Workspace, account: Account, samples: string[]) {
  const database = await workspace.database();
  await emptyMirror(database);
  const started = (["receive", "work"] as const).map((role) =>
    workspace.start(webhooksProgram(database.url, { role, apiBase: account.url })),
  );
  const [receiver] = started;
  const port = portIn((await receiver?.line('"listening"')) ?? "");
  let sent = 0;
  return {
    async after(events: number): Promise<Reading> {
      const next = () => {
        if (sent === events) return undefined;
        sent += 1;
        return delivery((samples[sent % samples.length] ?? "").replace("evt_", `evt_${sent}x`));
      };
      await answeredPerSecond({ port, connections, next });
      await settled(database, events);
      const value = started.reduce((total, { pid }) => total + residentMb(pid), 0);
      return { value, residentMb: value };
    },
    stop: () => Promise.all(started.map((program) => program.stop())),
  };
}

async function bodies({ stripe }: Account): Promise<string[]> {
  const events = await stripe.events
    .list({ type: "customer.created", limit: 100 })
    .autoPagingToArray({ limit: 10_000 });
  return events.map((event) => JSON.stringify(event, null, 2));
}
