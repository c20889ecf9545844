import { build } from "esbuild";

const require =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
const clients = ["stripe-js", "card-frame", "challenge", "console", "portal", "invoice", "checkout"];

await Promise.all([
  build({
    entryPoints: ["src/main.ts"],
    outfile: "dist/main.mjs",
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: require },
    external: ["esbuild"],
    sourcemap: "linked",
    logLevel: "warning",
  }),
  build({
    entryPoints: clients.map((name) => `src/browser/client/${name}.ts`),
    outdir: "dist/client",
    bundle: true,
    platform: "browser",
    target: "es2020",
    format: "iife",
    minify: true,
    logLevel: "warning",
  }),
]);
