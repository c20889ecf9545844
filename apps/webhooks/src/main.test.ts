import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { testDatabase } from "@farebox/billing/testing";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

const tsx = createRequire(import.meta.url).resolve("tsx/cli");
const main = new URL("main.ts", import.meta.url).pathname;
const processes: ChildProcess[] = [];
let database: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
});
afterAll(() => database.drop());

function run(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [tsx, main], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  processes.push(child);
  return child;
}

const complete = () => ({
  DATABASE_URL: database.databaseUrl,
  STRIPE_WEBHOOK_SECRET: "whsec_of_this_process",
  STRIPE_SECRET_KEY: "sk_test_farebox",
  STRIPE_API_BASE: "http://127.0.0.1:1",
  WEBHOOKS_PORT: "0",
});

it("serves until it is told to stop, and leaves with success", async () => {
  const child = run(complete());
  if (!child.stdout) throw new Error("no output to read");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (!line.includes('"listening"')) continue;
    const { port, roles } = JSON.parse(line) as { port: number; roles: string[] };
    expect(roles).toEqual(["receive", "work"]);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    child.kill("SIGTERM");
  }
  expect(child.exitCode ?? (await once(child, "exit"))[0]).toBe(0);
  expect(lines.at(-1)).toContain("stopped");
}, 60_000);

it("does not start without a webhook secret", async () => {
  const child = run({ ...complete(), STRIPE_WEBHOOK_SECRET: "" });
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint += chunk;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(complaint).toContain("STRIPE_WEBHOOK_SECRET is missing");
}, 60_000);
