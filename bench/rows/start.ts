import { setTimeout as sleep } from "node:timers/promises";
import { apiProgram, portIn, sandboxProgram, webhooksProgram } from "../bundles";
import { compare, type Goal, type Reading } from "../measure";
import { type Program, timed } from "../processes";
import { residentMb } from "../resident";
import type { Workspace } from "../workspace";
import type { Row } from "./row";

const goal = (name: string, server: string): Goal => ({
  name,
  what: `cold start of ${server} until /readyz answers 200, against node -e 0`,
  unit: "ms",
  goal: 8,
  better: "lower",
});
const api = goal("start-api", "the API with both web apps");
const webhooks = goal("start-webhooks", "the webhook receiver and worker");
const sandbox = goal("start-sandbox", "the sandbox");
const rounds = 5;
const readyWithinMs = 20_000;

export const startRow: Row = {
  goals: [api, webhooks, sandbox],
  async measure(workspace) {
    const { url } = await workspace.database();
    const results = [];
    for (const [row, program] of [
      [api, apiProgram(url)],
      [webhooks, webhooksProgram(url)],
      [sandbox, sandboxProgram],
    ] as const) {
      const sides = { ours: () => untilReady(workspace, program), theirs: bareNode };
      await sides.ours();
      results.push(await compare(row, sides, rounds));
    }
    return results;
  },
};

async function untilReady(workspace: Workspace, program: Program): Promise<Reading> {
  const from = performance.now();
  const server = workspace.start(program);
  const port = portIn(await server.line('"listening"'));
  while ((await fetch(`http://127.0.0.1:${port}/readyz`)).status !== 200) {
    if (performance.now() - from > readyWithinMs) throw new Error("the server never became ready");
    await sleep(2);
  }
  const reading = { value: performance.now() - from, residentMb: residentMb(server.pid) };
  await workspace.settle();
  return reading;
}

async function bareNode(): Promise<Reading> {
  const { ms, residentMb } = await timed(process.execPath, ["-e", "0"]);
  return { value: ms, residentMb };
}
