import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildMutant } from "../mutants/build";
import type { Mutant } from "../mutants/catalog";
import type { ProcessConfig } from "./process";

type Shared = Pick<ProcessConfig, "databaseUrl" | "stripe" | "webhookSecret">;

interface Member {
  role: ProcessConfig["role"];
  clockMs: number;
  process: ChildProcess;
  /** Null while it starts; a worker has none. */
  port: number | null;
}

/** Receivers behind one address, and workers: processes of their own, that can be killed and paused. */
export interface Fleet {
  /** Where deliveries go; the first receiver that takes the connection gets it. */
  url: string;
  /** Ends a process as a power cut does, and starts another in its place. */
  kill(which: number): void;
  pause(which: number, ms: number): void;
  /** Starts another in its place, whose clock is wrong. */
  skew(which: number, clockMs: number): void;
  /** Waits until nobody is paused, replaces receivers whose clock is wrong, and waits until all are there. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

const tenMinutes = 600_000;
/** Two receivers a little off, as clocks are; workers so far off that no lease would survive their judgement. */
const crew = [
  { role: "receive", clockMs: 240_000 },
  { role: "receive", clockMs: -240_000 },
  { role: "work", clockMs: tenMinutes },
  { role: "work", clockMs: -tenMinutes },
] as const;

export const bundleProcess = async (mutant: Mutant | null = null): Promise<string> =>
  fileURLToPath(await buildMutant(mutant, "testing/campaign/process.ts"));

export async function startFleet(bundle: string, shared: Shared): Promise<Fleet> {
  const members: Member[] = [];
  const starting = new Set<Promise<void>>();
  const wakeUps = new Map<number, NodeJS.Timeout>();

  function start(at: number, role: Member["role"], clockMs: number): void {
    const config: ProcessConfig = { ...shared, role, clockMs };
    const child = spawn(process.execPath, [bundle, JSON.stringify(config)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const member: Member = { role, clockMs, process: child, port: null };
    members[at] = member;
    const ready = firstLine(child).then((line) => {
      member.port = line === null ? null : (JSON.parse(line) as { port: number | null }).port;
    });
    starting.add(ready);
    void ready.finally(() => starting.delete(ready));
  }

  function replace(at: number, clockMs: number): void {
    const member = members[at];
    if (!member) return;
    wake(at);
    member.process.kill("SIGKILL");
    start(at, member.role, clockMs);
  }

  function wake(at: number): void {
    clearTimeout(wakeUps.get(at));
    if (wakeUps.delete(at)) members[at]?.process.kill("SIGCONT");
  }

  crew.forEach(({ role, clockMs }, at) => {
    start(at, role, clockMs);
  });
  const gate = await openGate(() =>
    members.flatMap(({ role, port }) => (role === "receive" && port ? [port] : [])),
  );
  const allThere = async () => {
    while (starting.size > 0) await Promise.all(starting);
  };
  await allThere();
  return {
    url: `http://127.0.0.1:${gate.port}/stripe/main`,
    kill: (which) => replace(which % crew.length, members[which % crew.length]?.clockMs ?? 0),
    skew: (which, clockMs) => replace(which % crew.length, clockMs),
    pause(which, ms) {
      const at = which % crew.length;
      if (wakeUps.has(at)) return;
      members[at]?.process.kill("SIGSTOP");
      wakeUps.set(
        at,
        setTimeout(() => wake(at), ms),
      );
    },
    async heal() {
      // Who sleeps longer than its lease wakes up with what another has taken over: that is to be seen.
      while (wakeUps.size > 0) await delay(20);
      members.forEach(({ role, clockMs }, at) => {
        if (role === "receive" && clockMs !== crew[at]?.clockMs) replace(at, crew[at]?.clockMs ?? 0);
      });
      await allThere();
    },
    async close() {
      for (const at of members.keys()) wake(at);
      const ends = members.map(({ process: child }) => child.exitCode ?? once(child, "exit"));
      for (const { process: child } of members) child.kill("SIGKILL");
      await Promise.all(ends);
      await gate.close();
    },
  };
}

/** Null when it was killed before it said anything. */
async function firstLine(child: ChildProcess): Promise<string | null> {
  if (!child.stdout) throw new Error("a process without an output");
  const lines = createInterface(child.stdout);
  for await (const line of lines) return line;
  return null;
}

/** Passes each connection on to a receiver that is there, in turns; with none it is refused. */
async function openGate(ports: () => number[]): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    const alive = ports();
    const port = alive[turn++ % alive.length];
    if (!port) return void client.destroy();
    const upstream = connect(port, "127.0.0.1");
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
