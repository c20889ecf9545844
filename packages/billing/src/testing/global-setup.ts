import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureEmbeddedPostgres, removeEmbeddedPostgres } from "../db/embedded";
import { migrate } from "../db/migrate";

const prefix = "farebox-test-";

/** One PostgreSQL per vitest process, shared by its projects; that of a killed run is removed by the next. */
export default async function setup(project: TestProject) {
  await removeLeftovers();
  const dataDir = join(tmpdir(), `${prefix}${process.pid}`);
  const { url } = await ensureEmbeddedPostgres({ dataDir, database: "farebox_template", durable: false });
  await migrate(url);
  project.provide("templateUrl", url);
  return () => removeEmbeddedPostgres(dataDir);
}

async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (Number.isInteger(pid) && !isRunning(pid)) await removeEmbeddedPostgres(join(tmpdir(), name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
