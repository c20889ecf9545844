import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

interface Budget {
  limitKb: number;
  /** Parts of module paths that the first page must not contain. */
  keepOut: string[];
}

/** Fails the build when what the first page loads has grown past its limit. */
export function firstPageBudget({ limitKb, keepOut }: Budget): Plugin {
  return {
    name: "first-page-budget",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunks = firstPageChunks(bundle);
        const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
        const intruder = modules.find((id) => keepOut.some((part) => id.includes(part)));
        if (intruder) this.error(`the first page must not contain ${intruder}`);
        const bytes = chunks.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
        const kb = bytes / 1000;
        console.log(`\nfirst page JavaScript: ${kb.toFixed(1)} kB gzip (limit ${limitKb})`);
        if (kb > limitKb)
          this.error(`the first page loads ${kb.toFixed(1)} kB of JavaScript, over ${limitKb}`);
      },
    },
  };
}

/** The entries and all they import before they run. */
function firstPageChunks(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
  const waiting = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName);
  const found = new Map<string, Rolldown.OutputChunk>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (!chunk || found.has(name)) continue;
    found.set(name, chunk);
    waiting.push(...chunk.imports);
  }
  return [...found.values()];
}
