import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";

const VERSION = "10.34.9";
const run = promisify(execFile);

/** The folder with a pnpm 10 in it: one on PATH, or the one npx keeps (fetched on the first run). */
export async function findPnpm(known) {
  if (known && existsSync(join(known, "pnpm"))) return known;
  return (await onPath()) ?? (await byNpx());
}

/** turbo calls pnpm by name, so it must be on its PATH. */
export function withPnpm(env, folder) {
  return { ...env, PATH: `${folder}${delimiter}${env.PATH ?? ""}` };
}

async function onPath() {
  const folder = (process.env.PATH ?? "")
    .split(delimiter)
    .find((entry) => entry !== "" && existsSync(join(entry, "pnpm")));
  if (!folder) return undefined;
  try {
    const { stdout } = await run(join(folder, "pnpm"), ["--version"], { cwd: root });
    return stdout.trim().startsWith("10.") ? folder : undefined;
  } catch {
    return undefined;
  }
}

async function byNpx() {
  try {
    const { stdout } = await run("npx", ["-y", "-p", `pnpm@${VERSION}`, "-c", "command -v pnpm"], {
      cwd: root,
    });
    return dirname(stdout.trim());
  } catch (error) {
    const reason = /code (E[A-Z0-9]+)/.exec(error.stderr ?? "")?.[1] ?? error.code ?? error.message;
    throw new Failure(
      `npx could not fetch pnpm@${VERSION} from the npm registry (${reason}): check the network, or install it with npm i -g pnpm@${VERSION}.`,
    );
  }
}
