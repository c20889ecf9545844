import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type BareBilling, bareBilling, until } from "@farebox/billing/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { cookieOf, dashboardOrigin, openStream } from "./testing/test-server";
import { validEnv } from "./testing/valid-env";

let billing: BareBilling;
let child: ChildProcess | undefined;

beforeAll(async () => {
  billing = await bareBilling();
});
afterEach(() => child?.kill("SIGKILL"));
afterAll(() => billing.close());

function start(env: Record<string, string>) {
  const started = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("main.ts", import.meta.url))],
    {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  child = started;
  const output = { text: "" };
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output.text += chunk;
    });
  }
  const exit = once(started, "exit").then(([code]) => code as number | null);
  return { started, output, exit };
}

test("an environment with faults ends the process with all of them in sentences", async () => {
  const { output, exit } = start({ ...validEnv, AUTH_SECRET: "short", STRIPE_PUBLISHABLE_KEY: "pk_live_x" });
  expect(await exit).toBe(1);
  expect(output.text).toMatch(/AUTH_SECRET must have at least 32 characters/);
  expect(output.text).toMatch(/STRIPE_PUBLISHABLE_KEY is not of the same mode/);
  expect(output.text).not.toMatch(/at .*\.ts:\d/);
});

test("SIGTERM lets a running request finish, ends streams and exits with 0 within five seconds", async () => {
  const { started, output, exit } = start({ ...validEnv, DATABASE_URL: billing.databaseUrl });
  const line = await until(
    "the server to listen",
    () => output.text.match(/.*"msg":"listening".*/)?.[0],
    20_000,
  );
  const url = `http://127.0.0.1:${JSON.parse(line).ports.api}`;
  const signedUp = await fetch(`${url}/api/auth/member/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: dashboardOrigin },
    body: JSON.stringify({ name: "Ada", email: "ada@example.com", password: "correct horse battery" }),
  });
  const cookie = cookieOf(signedUp);
  const stream = await openStream(`${url}/trpc/customer/live.changes`, cookie);
  await until("the stream to open", () => stream.text().includes("connected"));

  const blocker = await billing.pool.connect();
  await blocker.query("BEGIN; LOCK TABLE customer IN ACCESS EXCLUSIVE MODE");
  const slow = fetch(`${url}/trpc/customer/session.get`, { headers: { cookie } });
  await until("the request to wait", async () => {
    const { rows } = await billing.pool.query("SELECT 1 FROM pg_locks WHERE NOT granted");
    return rows.length > 0;
  });
  const asked = performance.now();
  started.kill("SIGTERM");
  await until("the stop to begin", () => output.text.includes('"msg":"stopping"'));
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  await blocker.query("COMMIT");
  blocker.release();
  expect((await slow).status).toBe(200);
  await stream.ended;
  expect(await exit).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
});
