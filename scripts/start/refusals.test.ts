import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { requireDiskSpace } from "./disk.mjs";
import { holdStartLock, liveOwner } from "./lock.mjs";
import { requireFreePorts, requireReachable } from "./ports.mjs";
import { endGroup, processStart, spawnGroup } from "./processes.mjs";

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "farebox-start-"));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function listening(host: string) {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}

test.each(["127.0.0.1", "::"])(
  "a port taken on %s is named with the variable that changes it",
  async (host) => {
    const { port, close } = await listening(host);
    await expect(requireFreePorts({ API_PORT: port })).rejects.toThrow(
      new RegExp(`^Port ${port} is taken by another program.*API_PORT=<port>`),
    );
    close();
  },
);

test("a free port is fine", async () => {
  const { port, close } = await listening("127.0.0.1");
  close();
  await expect(requireFreePorts({ API_PORT: port })).resolves.toBeUndefined();
});

test("a database that does not answer is named with host, port and reason", async () => {
  const { port, close } = await listening("127.0.0.1");
  await expect(requireReachable({ host: "127.0.0.1", port })).resolves.toBeUndefined();
  close();
  await expect(requireReachable({ host: "127.0.0.1", port })).rejects.toThrow(
    `127.0.0.1:${port} cannot be reached: nothing listens`,
  );
  await expect(requireReachable({ host: "db.invalid", port: 5432 })).rejects.toThrow(
    /no host of that name|looked up/,
  );
});

test("too little disk space is said before anything is written", async () => {
  const nearlyFull = async () => ({ bavail: 1000, bsize: 4096 });
  const empty = async () => ({ bavail: 10_000_000, bsize: 4096 });
  await expect(requireDiskSpace(2 * 1024 ** 3, "/data", nearlyFull)).rejects.toThrow(
    "About 2.0 GB of disk space is needed in /data, but only 0.0 GB is free.",
  );
  await expect(requireDiskSpace(2 * 1024 ** 3, "/data", empty)).resolves.toBeUndefined();
});

test("a second start in one folder is told about the first; a dead one's lock is taken over", async () => {
  const file = join(newFolder(), "start.lock");
  const release = holdStartLock(file);
  expect(() => holdStartLock(file)).toThrow(`already running in this folder (process ${process.pid})`);
  release();
  expect(existsSync(file)).toBe(false);

  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const pid = other.pid ?? 0;
  writeFileSync(file, JSON.stringify({ pid, start: processStart(pid) }));
  expect(liveOwner(file)?.pid).toBe(pid);
  other.kill("SIGKILL");
  await once(other, "exit");
  holdStartLock(file)();
});

test("a group that ignores SIGTERM is killed with its children", async () => {
  const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
  const parent = spawnGroup(
    process.execPath,
    [
      "-e",
      `const c = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}]); ${stubborn}; console.log(c.pid)`,
    ],
    {},
  );
  const [line] = await once(parent.stdout, "data");
  const childPid = Number(String(line));
  expect(await endGroup(parent.pid, 200)).toBe(true);
  await expect.poll(() => [processStart(parent.pid), processStart(childPid)]).toEqual([undefined, undefined]);
});

test.each([
  ["18.20.0", "linux", "needs Node 20.19 or newer, and this is Node 18.20.0"],
  ["20.18.1", "darwin", "needs Node 20.19"],
  ["22.0.0", "win32", "inside WSL"],
])("Node %s on %s is refused in one sentence", (version, platform, sentence) => {
  const file = new URL("node-version.mjs", import.meta.url).href;
  const script = `import(${JSON.stringify(file)}).then(({ requireNode }) => requireNode("${version}", "${platform}"))`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect(stderr).toContain(sentence);
  expect(status).toBe(1);
});
