import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ensureEmbeddedPostgres, removeEmbeddedPostgres } from "./embedded";
import { packagedBinaries } from "./embedded-binaries";
import { processStart, waitUntil } from "./embedded-process";

const run = promisify(execFile);
const cli = fileURLToPath(new URL("./embedded-cli.ts", import.meta.url));
const billing = fileURLToPath(new URL("../..", import.meta.url));
const made: string[] = [];
const ours = { durable: false, port: 0 } as const;

function newDataDir(): string {
  const parent = mkdtempSync(join(tmpdir(), "farebox-embedded-"));
  chmodSync(parent, 0o755);
  const dataDir = join(parent, "postgres");
  made.push(dataDir);
  return dataDir;
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What another process is told: the same as we would be, or the sentence it ends with. */
async function ensureElsewhere(dataDir: string, env: NodeJS.ProcessEnv = process.env) {
  const { stdout } = await run(process.execPath, ["--import", "tsx", cli, "ensure", dataDir], {
    cwd: billing,
    env,
  });
  return JSON.parse(stdout) as { url: string; pid: number };
}

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const dataDir of made.splice(0)) {
    await removeEmbeddedPostgres(dataDir);
    rmSync(join(dataDir, ".."), { recursive: true, force: true });
  }
});

describe("the embedded PostgreSQL", () => {
  test("is one cluster for three processes that ask at once, and outlives them", async () => {
    const dataDir = newDataDir();
    const answers = await Promise.all([1, 2, 3].map(() => ensureElsewhere(dataDir)));
    expect(new Set(answers.map(({ url }) => url)).size).toBe(1);
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
    const [row] = await query<{ one: number }>(answers[0]?.url ?? "", "select 1 as one");
    expect(row?.one).toBe(1);
  });

  test("keeps its data, port and password over a restart", async () => {
    const dataDir = newDataDir();
    const first = await ensureEmbeddedPostgres({ dataDir, ...ours });
    await query(first.url, "create table kept (n int)");
    await query(first.url, "insert into kept values (7)");
    await first.stop();
    expect(processStart(first.pid)).toBeUndefined();

    const second = await ensureEmbeddedPostgres({ dataDir, ...ours });
    expect(second.url).toBe(first.url);
    expect(second.pid).not.toBe(first.pid);
    expect(await query(second.url, "select n from kept")).toEqual([{ n: 7 }]);
  });

  test("recovers from a killed postmaster with every committed row", async () => {
    const dataDir = newDataDir();
    const first = await ensureEmbeddedPostgres({ dataDir, port: 0 });
    await query(first.url, "create table paid (n int)");
    await query(first.url, "insert into paid select generate_series(1, 1000)");
    process.kill(first.pid, "SIGKILL");

    const answers = await Promise.all([
      ensureEmbeddedPostgres({ dataDir, port: 0 }),
      ensureElsewhere(dataDir),
      ensureElsewhere(dataDir),
    ]);
    expect(new Set(answers.map(({ url }) => url))).toEqual(new Set([first.url]));
    expect(await query(first.url, "select count(*)::int as rows from paid")).toEqual([{ rows: 1000 }]);
  });

  test("moves along when its folder is copied, and leaves the other one alone", async () => {
    const dataDir = newDataDir();
    const first = await ensureEmbeddedPostgres({ dataDir, ...ours });
    await query(first.url, "create table kept as select 7 as n");
    await first.stop();
    const other = newDataDir();
    await run("cp", ["-a", dataDir, other]);
    const [here, there] = await Promise.all(
      [dataDir, other].map((dir) => ensureEmbeddedPostgres({ dataDir: dir, ...ours })),
    );
    await query(here?.url ?? "", "update kept set n = 8");
    expect(await query(there?.url ?? "", "select n from kept")).toEqual([{ n: 7 }]);
  });

  test("is not fooled by a pid file that names another program", async () => {
    const dataDir = newDataDir();
    const first = await ensureEmbeddedPostgres({ dataDir, ...ours });
    const pidFile = join(dataDir, "cluster", "postmaster.pid");
    const stale = readFileSync(pidFile, "utf8").replace(String(first.pid), String(process.pid));
    await first.stop();
    writeFileSync(pidFile, stale);
    const second = await ensureEmbeddedPostgres({ dataDir, ...ours });
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("begins again where an earlier first start was cut short", async () => {
    const dataDir = newDataDir();
    mkdirSync(join(dataDir, "cluster.new-1"), { recursive: true });
    writeFileSync(join(dataDir, "cluster.new-1", "PG_VERSION"), "18\n");
    const { url } = await ensureEmbeddedPostgres({ dataDir, ...ours });
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("takes another port when the asked one is taken, and moves when it is taken later", async () => {
    const dataDir = newDataDir();
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const taken = (blocker.address() as { port: number }).port;
    const first = await ensureEmbeddedPostgres({ dataDir, durable: false, port: taken });
    const firstPort = Number(new URL(first.url).port);
    expect(firstPort).not.toBe(taken);
    await first.stop();

    const second = createServer().listen(firstPort, "127.0.0.1");
    await new Promise((resolve) => second.once("listening", resolve));
    const moved = await ensureEmbeddedPostgres({ dataDir, ...ours });
    expect(new URL(moved.url).port).not.toBe(String(firstPort));
    blocker.close();
    second.close();
  });

  test("asks for its password and keeps it from other accounts", async () => {
    const dataDir = newDataDir();
    const { url } = await ensureEmbeddedPostgres({ dataDir, ...ours });
    const guessed = new URL(url);
    guessed.password = "guess";
    await expect(query(guessed.href, "select 1")).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(dataDir, "server.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, "cluster")).mode & 0o077).toBe(0);
  });

  test.runIf(process.getuid?.() === 0)(
    "runs as another account when we are root, in a closed folder too",
    async () => {
      const dataDir = newDataDir();
      chmodSync(join(dataDir, ".."), 0o700);
      const { pid, url } = await ensureEmbeddedPostgres({ dataDir, ...ours });
      expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
      const [row] = await query<{ dir: string }>(url, "select current_setting('data_directory') as dir");
      expect(row?.dir).toMatch(/^\/var\/tmp\//);
      await removeEmbeddedPostgres(dataDir);
      expect(existsSync(row?.dir ?? "")).toBe(false);
    },
  );

  test("is refused in production", async () => {
    vi.stubEnv("NODE_ENV", "production");
    await expect(ensureEmbeddedPostgres({ dataDir: newDataDir(), ...ours })).rejects.toThrow(
      /set DATABASE_URL/,
    );
  });

  test("names the way out on a platform it has no binaries for", () => {
    expect(() => packagedBinaries("sunos", "sparc")).toThrow(/sunos-sparc.*set DATABASE_URL/);
  });

  test("lets go when the process that was starting it is killed", async () => {
    const dataDir = newDataDir();
    const starting = run(process.execPath, ["--import", "tsx", cli, "ensure", dataDir], { cwd: billing });
    const begun = () =>
      existsSync(dataDir) && readdirSync(dataDir).some((name) => name.startsWith("cluster.new-"));
    expect(await waitUntil(begun, 20_000)).toBe(true);
    starting.child.kill("SIGKILL");
    await expect(starting).rejects.toThrow();
    const { url } = await ensureEmbeddedPostgres({ dataDir, ...ours });
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});
