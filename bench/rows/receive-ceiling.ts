import { join } from "node:path";
import { bundled, portIn, webhooksProgram } from "../bundles";
import { deliveries } from "../events";
import { answeredPerSecond } from "../load";
import { compare, type Goal } from "../measure";
import { root } from "../processes";
import { residentMb } from "../resident";
import type { Workspace } from "../workspace";
import type { Row } from "./row";

const goal: Goal = {
  name: "receive-ceiling",
  what: "signed 5 KB events per second accepted and stored, 64 connections, against the same server without its insert",
  unit: "events/s",
  goal: 0.4,
  better: "higher",
};
const connections = 64;
const eventsPerRound = 6_000;

export const receiveCeilingRow: Row = {
  goals: [goal],
  async measure(workspace) {
    const { url, billing } = await workspace.database();
    const bundle = await bundleWithoutInsert();
    const ours = await receiver(workspace, webhooksProgram(url, { role: "receive" }));
    const theirs = await receiver(workspace, webhooksProgram(url, { role: "receive", bundle }));
    const stored = async () => {
      const { rows } = await billing.pool.query<{ stored: number }>(
        "select count(*)::int as stored from webhook_event where status = 'received'",
      );
      return rows[0]?.stored ?? 0;
    };
    const sides = {
      ours: async () => {
        const before = await stored();
        const reading = await ours();
        const after = await stored();
        if (after - before !== eventsPerRound)
          throw new Error(`${after - before} of ${eventsPerRound} accepted events are stored`);
        return reading;
      },
      theirs,
    };
    await sides.ours();
    await sides.theirs();
    return [await compare(goal, sides)];
  },
};

async function receiver(workspace: Workspace, program: ReturnType<typeof webhooksProgram>) {
  const server = workspace.start(program);
  const port = portIn(await server.line('"listening"'));
  return async () => {
    const waiting = deliveries(eventsPerRound);
    const value = await answeredPerSecond({ port, connections, next: () => waiting.pop() });
    return { value, residentMb: residentMb(server.pid) };
  };
}

/** The webhook server, bundled as it is for production but for the one statement that is to be weighed. */
async function bundleWithoutInsert(): Promise<string> {
  let replaced = 0;
  const outfile = await bundled("receive-ceiling", join(root, "apps/webhooks/src/main.ts"), [
    {
      name: "without-insert",
      setup(bundling) {
        bundling.onLoad({ filter: /billing\/src\/db\/sql\/inbox\.ts$/ }, () => {
          replaced += 1;
          return { contents: withoutInsert, loader: "ts" };
        });
      },
    },
  ]);
  if (replaced !== 1) throw new Error("the insert of the receiver is not where this row expects it");
  return outfile;
}

const withoutInsert = `
export const dirtyChannel = "farebox_dirty";
export const storeEvent = async () => ({ isNew: true });
export const storeEvents = async (_pool, events) => events.map(() => ({ isNew: true }));
export const notifyDirty = async () => {};
`;
