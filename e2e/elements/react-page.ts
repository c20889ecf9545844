import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A page with the unmodified wrapper for React, bundled as a merchant would. */
export async function reactPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("react-shop.tsx", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return outputFiles[0]?.text ?? "";
}
