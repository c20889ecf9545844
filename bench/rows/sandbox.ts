import { fileURLToPath } from "node:url";
import { bundled } from "../bundles";
import { compare, type Goal } from "../measure";
import type { Row } from "./row";

const create: Goal = {
  name: "sandbox-create",
  what: "subscriptions created per second in a sandbox in process, against a node:http echo of the same JSON",
  unit: "requests/s",
  goal: 0.1,
  better: "higher",
};
const read: Goal = {
  name: "sandbox-read",
  what: "subscriptions read per second from a sandbox in process, against a node:http echo of the same JSON",
  unit: "requests/s",
  goal: 0.3,
  better: "higher",
};

export const sandboxRow: Row = {
  goals: [create, read],
  async measure(workspace) {
    const file = await bundled(
      "sandbox-load",
      fileURLToPath(import.meta.resolve("../servers/sandbox-load.ts")),
    );
    const side = (name: string) => workspace.start({ args: [file, name], asked: true });
    const ours = side("sandbox");
    const theirs = side("echo");
    const results = [];
    for (const [goal, work] of [
      [create, "create"],
      [read, "read"],
    ] as const) {
      for (const program of [ours, theirs, ours, theirs]) await program.ask(work);
      results.push(await compare(goal, { ours: () => ours.ask(work), theirs: () => theirs.ask(work) }));
    }
    return results;
  },
};
