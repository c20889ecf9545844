import { type Account, sandboxAccount, subscribers } from "../account";
import { portIn, webhooksProgram } from "../bundles";
import { delivery } from "../events";
import { answeredPerSecond } from "../load";
import { compare, type Goal, type Reading } from "../measure";
import { emptyMirror, requireMirror, settled } from "../mirror";
import { syncEnginePath, syncEngineProgram } from "../peers";
import type { Program, Started } from "../processes";
import { residentMb } from "../resident";
import type { Database, Workspace } from "../workspace";
import type { Row } from "./row";

const goal: Goal = {
  name: "apply",
  what: "events per second until the mirror equals the sandbox, each object read again there, against stripe-sync-engine, which takes what the same events say",
  unit: "events/s",
  goal: 1.5,
  better: "higher",
};
const customers = 80;
const types = new Set(["customer", "payment_method", "subscription", "invoice"]);
const eventsPerObject = 3;
const connections = 64;

export const applyRow: Row = {
  goals: [goal],
  async measure(workspace) {
    const database = await workspace.database();
    const account = await sandboxAccount(workspace);
    await subscribers(account, customers);
    const bodies = await threeOfEach(account);
    const ours = await listening(workspace, webhooksProgram(database.url, { apiBase: account.url }));
    const theirs = await listening(
      workspace,
      await syncEngineProgram(database.url, { apiBase: account.url }),
    );
    const sides = {
      ours: async () => {
        await emptyMirror(database);
        const value = await perSecond(ours, bodies, () => settled(database, bodies.length));
        await requireMirror(database, account);
        return reading(value, ours, account);
      },
      theirs: async () => {
        await emptyPeer(database);
        const value = await perSecond(theirs, bodies, async () => {});
        await requirePeer(database);
        return reading(value, theirs, account);
      },
    };
    await sides.theirs();
    await sides.ours();
    return [await compare(goal, sides)];
  },
};

interface Server extends Pick<Started, "pid"> {
  port: number;
  path: string;
}

async function listening(workspace: Workspace, program: Program): Promise<Server> {
  const { pid, line } = workspace.start(program);
  const path = program.env?.PEERS ? syncEnginePath : "/stripe/main";
  return { pid, port: portIn(await line('"listening"')), path };
}

/** The newest three events of each object of four types, in the order in which they happened. */
async function threeOfEach({ stripe }: Account): Promise<string[]> {
  const seen = new Map<string, number>();
  const chosen: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) {
    const { object, id } = event.data.object as { object: string; id: string };
    const nth = seen.get(id) ?? 0;
    if (!types.has(object) || nth === eventsPerObject) continue;
    seen.set(id, nth + 1);
    chosen.push(JSON.stringify(event, null, 2));
  }
  const expected = customers * types.size * eventsPerObject;
  if (chosen.length !== expected) throw new Error(`${chosen.length} events were chosen, not ${expected}`);
  return chosen.reverse();
}

async function perSecond({ port, path }: Server, bodies: string[], done: () => Promise<void>) {
  const waiting = bodies.map((body) => delivery(body, path)).reverse();
  const from = performance.now();
  await answeredPerSecond({ port, connections, next: () => waiting.pop() });
  await done();
  return (bodies.length * 1000) / (performance.now() - from);
}

const reading = (value: number, server: Server, account: Account): Reading => ({
  value,
  residentMb: residentMb(server.pid) + (server.path === syncEnginePath ? 0 : residentMb(account.pid)),
});

const peerTables = ["customers", "payment_methods", "subscriptions", "invoices"];

const emptyPeer = ({ billing }: Database) =>
  billing.pool.query(`truncate ${peerTables.map((table) => `stripe.${table}`).join(", ")} cascade`);

async function requirePeer({ billing }: Database): Promise<void> {
  for (const table of peerTables) {
    const { rows } = await billing.pool.query<{ rows: number }>(
      `select count(*)::int as rows from stripe.${table}`,
    );
    if (rows[0]?.rows !== customers) throw new Error(`stripe-sync-engine kept ${rows[0]?.rows} ${table}`);
  }
}
