import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export type ClientScript =
  | "stripe-js"
  | "card-frame"
  | "challenge"
  | "console"
  | "portal"
  | "invoice"
  | "checkout";

const loaded = new Map<ClientScript, Promise<string>>();

/** The built script beside the running bundle; from TypeScript sources it is bundled once, on first use. */
export function clientScript(name: ClientScript): Promise<string> {
  const known = loaded.get(name);
  if (known) return known;
  const script = readBuilt(name).then((built) => built ?? bundleFromSource(name));
  loaded.set(name, script);
  script.catch(() => loaded.delete(name));
  return script;
}

async function readBuilt(name: ClientScript): Promise<string | undefined> {
  try {
    return await readFile(new URL(`./client/${name}.js`, import.meta.url), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function bundleFromSource(name: ClientScript): Promise<string> {
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: [fileURLToPath(new URL(`./client/${name}.ts`, import.meta.url))],
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`The script ${name} has no output.`);
  return file.text;
}
