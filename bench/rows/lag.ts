import { setTimeout as sleep } from "node:timers/promises";
import { type Account, eachAtOnce, sandboxAccount } from "../account";
import { portIn, webhooksProgram } from "../bundles";
import { delivery } from "../events";
import { connectionTo } from "../load";
import { compare, type Goal, percentile } from "../measure";
import { emptyMirror } from "../mirror";
import { residentMb } from "../resident";
import type { Database, Workspace } from "../workspace";
import type { Row } from "./row";

const goal: Goal = {
  name: "lag",
  what: "from the delivery of an event until its row can be read, 99 of 100, at 50 events/s, against one read from the sandbox and one commit",
  unit: "ms",
  goal: 5,
  better: "lower",
};
const everyMs = 20;
const eventsPerRound = 250;
const rounds = 3;
const warmEvents = 100;

export const lagRow: Row = {
  goals: [goal],
  async measure(workspace) {
    const database = await workspace.database();
    const account = await sandboxAccount(workspace);
    await eachAtOnce(rounds * eventsPerRound + warmEvents, (index) =>
      account.stripe.customers.create({ name: `Bench ${index}`, email: `bench-${index}@customer.example` }),
    );
    await emptyMirror(database);
    const waiting = await events(account);
    const { pid, port } = await receiver(workspace, database, account);
    const ours = async (count: number) => {
      const value = percentile(await deliver(database, waiting.splice(0, count), port), 99);
      return { value, residentMb: residentMb(pid) };
    };
    const read = readAndCommit(database, account);
    await ours(warmEvents);
    await read(warmEvents);
    return [
      await compare(goal, { ours: () => ours(eventsPerRound), theirs: () => read(eventsPerRound) }, rounds),
    ];
  },
};

interface Told {
  customer: string;
  body: string;
}

async function events({ stripe }: Account): Promise<Told[]> {
  const told: Told[] = [];
  for await (const event of stripe.events.list({ type: "customer.created", limit: 100 })) {
    const { id } = event.data.object as { id: string };
    told.push({ customer: id, body: JSON.stringify(event, null, 2) });
  }
  return told;
}

async function receiver(workspace: Workspace, { url }: Database, account: Account) {
  const { pid, line } = workspace.start(webhooksProgram(url, { apiBase: account.url }));
  return { pid, port: portIn(await line('"listening"')) };
}

/** How long each took. A loop of short looks sees the rows come; one look tells of all that are on their way. */
async function deliver({ billing }: Database, told: Told[], port: number): Promise<number[]> {
  const { send, close } = await connectionTo(port);
  const sentAt = new Map<string, number>();
  const took: number[] = [];
  const look = async () => {
    while (took.length < told.length) {
      const { rows } = await billing.pool.query<{ id: string }>({
        name: "bench-visible",
        text: "select stripe_customer_id as id from customer where stripe_customer_id = any($1)",
        values: [[...sentAt.keys()]],
      });
      const now = performance.now();
      for (const { id } of rows) {
        took.push(now - (sentAt.get(id) ?? now));
        sentAt.delete(id);
      }
      await sleep(1);
    }
  };
  const looking = look();
  await atRate(told.length, async (index) => {
    const { customer, body } = told[index] ?? { customer: "", body: "" };
    const request = delivery(body);
    sentAt.set(customer, performance.now());
    await send(request);
  });
  await looking;
  close();
  return took;
}

/** What cannot be saved: the object has to be read, and the row has to be on the disk. */
function readAndCommit({ billing: { pool } }: Database, { stripe, pid }: Account) {
  return async (count: number) => {
    await pool.query("create table if not exists bench_commit (id text, object text)");
    const { data } = await stripe.customers.list({ limit: 100 });
    const took: number[] = [];
    await atRate(count, async (index) => {
      const from = performance.now();
      const { id } = await stripe.customers.retrieve(data[index % data.length]?.id ?? "");
      await pool.query({
        name: "bench-commit",
        text: "insert into bench_commit values ($1, $2)",
        values: [id, id],
      });
      took.push(performance.now() - from);
    });
    return { value: percentile(took, 99), residentMb: residentMb(pid) };
  };
}

/** Begins one after the other, on time also when the one before is not done. */
async function atRate(count: number, work: (index: number) => Promise<void>): Promise<void> {
  const from = performance.now();
  const begun: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    await sleep(Math.max(from + index * everyMs - performance.now(), 0));
    begun.push(work(index));
  }
  await Promise.all(begun);
}
