import { portIn, webhooksProgram } from "../bundles";
import { cpuMs } from "../cpu";
import { deliveries, delivery } from "../events";
import { answeredPerSecond } from "../load";
import { compareEach, type Goal, percentile, type Reading } from "../measure";
import { syncEnginePath, syncEngineProgram } from "../peers";
import type { Program } from "../processes";
import { residentMb } from "../resident";
import type { Database, Workspace } from "../workspace";
import type { Row } from "./row";

const peer = "against stripe-sync-engine with the same bodies";
const perSecond: Goal = {
  name: "receive",
  what: `signed 5 KB events per second accepted and stored, 64 connections, ${peer}`,
  unit: "events/s",
  goal: 5,
  better: "higher",
};
const cpu: Goal = {
  name: "receive-cpu",
  what: `processor time of an event in the server and PostgreSQL, ${peer}`,
  unit: "ms",
  goal: 0.25,
  better: "lower",
};
const ack: Goal = {
  name: "receive-ack",
  what: `how soon 99 of 100 events are answered at 64 connections, ${peer}`,
  unit: "ms",
  goal: 0.2,
  better: "lower",
};
const connections = 64;
const eventsPerRound = 2_400;
const warmEvents = 1_200;

export const receiveRow: Row = {
  goals: [perSecond, cpu, ack],
  async measure(workspace) {
    const database = await workspace.database();
    const ours = await listening(workspace, webhooksProgram(database.url, { role: "receive" }));
    const theirs = await listening(workspace, await syncEngineProgram(database.url), syncEnginePath);
    await theirs.send([delivery(customerCreated, syncEnginePath)]);
    const sides = { ours: sideOf(database, ours, storedHere), theirs: sideOf(database, theirs, storedThere) };
    await sides.ours(warmEvents);
    await sides.theirs(warmEvents);
    return compareEach([perSecond, cpu, ack], {
      ours: () => sides.ours(eventsPerRound),
      theirs: () => sides.theirs(eventsPerRound),
    });
  },
};

interface Server {
  pid: number;
  path: string | undefined;
  send(waiting: Buffer[], onAnswer?: (ms: number) => void): Promise<number>;
}

async function listening(workspace: Workspace, program: Program, path?: string): Promise<Server> {
  const { pid, line } = workspace.start(program);
  const port = portIn(await line('"listening"'));
  return {
    pid,
    path,
    send: (waiting, onAnswer) =>
      answeredPerSecond({ port, connections, next: () => waiting.pop(), ...(onAnswer ? { onAnswer } : {}) }),
  };
}

const storedHere = "select count(*)::int as stored from webhook_event where status = 'received'";
/** It keeps objects, not events; three events are about each. */
const storedThere = "select count(*)::int * 3 as stored from stripe.subscriptions";

function sideOf({ billing, pid: database }: Database, server: Server, stored: string) {
  const count = async () =>
    (await billing.pool.query<{ stored: number }>(stored)).rows[0]?.stored ?? Number.NaN;
  return async (events: number): Promise<Reading[]> => {
    const waiting = deliveries(events, server.path);
    const times: number[] = [];
    const before = await count();
    const cpuBefore = cpuMs(server.pid) + cpuMs(database);
    const value = await server.send(waiting, (ms) => times.push(ms));
    const used = cpuMs(server.pid) + cpuMs(database) - cpuBefore;
    const added = (await count()) - before;
    if (added !== events) throw new Error(`${added} of ${events} accepted events are stored`);
    const resident = { residentMb: residentMb(server.pid) };
    return [
      { value, ...resident },
      { value: used / events, ...resident },
      { value: percentile(times, 99), ...resident },
    ];
  };
}

/** So that it does not ask Stripe whose the subscriptions are. */
const customerCreated = JSON.stringify({
  id: "evt_customer",
  object: "event",
  api_version: "2026-10-28.endive",
  created: 1_795_000_000,
  data: { object: { id: "cus_bench", object: "customer", created: 1_795_000_000, metadata: {} } },
  livemode: false,
  type: "customer.created",
});
