import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Reading } from "./measure";
import { watchPeak } from "./resident";

export const root = fileURLToPath(new URL("..", import.meta.url));

export interface Started {
  pid: number;
  /** The first line of its output that has this text. */
  line(text: string): Promise<string>;
  /** Its answer to a message, for programs started with `asked`. */
  ask(message: string): Promise<Reading>;
  stop(): Promise<void>;
}

export interface Program {
  args: string[];
  env?: Record<string, string>;
  /** Has a channel for questions. */
  asked?: boolean;
}

const speakWithinMs = 30_000;
const graceMs = 3_000;
const alive = new Set<ChildProcess>();
let started = 0;

/** Starts a Node program with exactly this environment; its output goes to a file, as a server's usually does. */
export function start(folder: string, { args, env = {}, asked = false }: Program): Started {
  started += 1;
  const logFile = join(folder, `process-${started}.log`);
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", log, log, ...(asked ? (["ipc"] as const) : [])],
  });
  closeSync(log);
  alive.add(child);
  const gone = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  }).then(() => void alive.delete(child));
  const said = () => readFileSync(logFile, "utf8");
  return {
    pid: child.pid ?? 0,
    async line(text) {
      const deadline = Date.now() + speakWithinMs;
      for (;;) {
        const output = said();
        const found = output.split("\n").find((line) => line.includes(text));
        if (found !== undefined) return found;
        if (!alive.has(child) || Date.now() > deadline)
          throw new Error(`${args.at(-1)} said no ${text}: ${output.slice(-1000)}`);
        await sleep(2);
      }
    },
    async ask(message) {
      const silence = gone.then(() => {
        throw new Error(`${args.at(-1)} ended: ${said().slice(-1000)}`);
      });
      const answer = new Promise<Reading>((resolve) => child.once("message", resolve));
      child.send(message);
      return Promise.race([answer, silence]);
    },
    async stop() {
      child.kill("SIGTERM");
      const cut = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await gone;
      clearTimeout(cut);
    },
  };
}

/** Runs a program to its end; anything but success is an error with what it said. */
export async function timed(command: string, args: string[], cwd = root) {
  const from = performance.now();
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  alive.add(child);
  const watch = watchPeak(child.pid ?? 0);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise<number | string | null>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", resolve);
  });
  const ms = performance.now() - from;
  alive.delete(child);
  const residentMb = watch.stop();
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} in ${cwd}: ${code}\n${output.slice(-2000)}`);
  return { ms, residentMb };
}

/** For a bench that is cut short. */
export function killAll(): void {
  for (const child of alive) child.kill("SIGKILL");
}
