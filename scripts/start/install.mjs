import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requireDiskSpace } from "./disk.mjs";
import { Failure } from "./failure.mjs";
import { inRoot, root } from "./paths.mjs";
import { findPnpm } from "./pnpm.mjs";
import { step } from "./steps.mjs";
import { runTask } from "./tasks.mjs";

const RECORD = inRoot("node_modules", ".farebox-install.json");
const NEEDED_BYTES = 2 * 1024 ** 3;

/** Installs the dependencies when they are not those of the lockfile. Resolves to the folder that has pnpm. */
export async function ensureInstalled(env) {
  const record = readRecord();
  const hash = manifestHash();
  if (record.hash === hash && record.pnpm && existsSync(join(record.pnpm, "pnpm"))) return record.pnpm;
  let pnpm;
  await step("packages installed", async (progress) => {
    await requireDiskSpace(NEEDED_BYTES);
    progress("looking for pnpm");
    pnpm = await findPnpm(record.pnpm);
    if (record.hash !== hash) await install(pnpm, env, progress);
  });
  writeFileSync(RECORD, JSON.stringify({ hash: manifestHash(), pnpm }));
  return pnpm;
}

async function install(pnpm, env, progress) {
  progress("starting");
  const { NODE_ENV: _, ...installEnv } = env;
  const args = ["install", "--reporter=append-only", "--prod=false", "--config.confirmModulesPurge=false"];
  const { code, lines, output, logFile } = await runTask(join(pnpm, "pnpm"), args, {
    env: installEnv,
    log: "install",
    onLine: (line) => {
      const counts = /^Progress: resolved (\d+), reused (\d+), downloaded (\d+), added (\d+)/.exec(line);
      if (counts) progress(`${counts[4]} of ${counts[1]} (${counts[3]} downloaded)`);
    },
  });
  if (code === 0) return;
  if (/ENOSPC|No space left/i.test(output))
    throw new Failure(
      "The disk filled up while packages were being installed: free about 2 GB and start again.",
    );
  const reason =
    lines.find((line) => /ERR_PNPM|\bE[A-Z]{4,}\b/.test(line))?.trim() ?? lines.at(-1) ?? `exit ${code}`;
  throw new Failure(`Installing packages failed: ${reason} (all of it: ${logFile}).`);
}

/** Everything that decides what `pnpm install` puts on the disk. */
function manifestHash() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  const folders = ["apps", "packages"].flatMap((group) => foldersIn(group));
  for (const folder of ["", ...folders, "bench", "e2e"]) addFile(hash, join(folder, "package.json"));
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"]) addFile(hash, file);
  return hash.digest("hex");
}

const foldersIn = (group) =>
  readdirSync(join(root, group))
    .sort()
    .map((name) => join(group, name));

function addFile(hash, file) {
  if (existsSync(inRoot(file))) hash.update(`${file}\n`).update(readFileSync(inRoot(file)));
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(RECORD, "utf8"));
  } catch {
    return {};
  }
}
