import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const code = (specifier: string) => `import { thing } from "${specifier}";\n\nexport const used = thing;\n`;

const refused: [file: string, source: string, reason: RegExp][] = [
  ["packages/ui/src/planted.tsx", code("@farebox/billing/schemas"), /stands alone/],
  ["packages/ui/src/deep/planted.tsx", code("../../../billing/src/schemas"), /stands alone/],
  ["packages/stripe-sandbox/src/planted.ts", code("@farebox/ui/button"), /stands alone/],
  ["packages/stripe-sandbox/src/planted.test.ts", code("@farebox/billing"), /stands alone/],
  ["packages/billing/src/planted.ts", code("react"), /no user interface/],
  ["packages/billing/src/refunds/planted.ts", code("../../../../apps/api/src/server"), /imports an app/],
  ["packages/billing/src/refunds/planted.ts", code("@farebox/stripe-sandbox"), /for src\/testing, src\/demo/],
  ["packages/billing/src/refunds/planted.ts", "export const mode = process.env.MODE;\n", /noProcessEnv/],
  ["packages/billing/src/refunds/rules.ts", code("../db/client"), /no database/],
  ["packages/billing/src/refunds/rules.ts", code("@prisma/client"), /no database/],
  ["packages/billing/src/refunds/rules.ts", code("stripe"), /no Stripe/],
  ["packages/billing/src/refunds/schemas.ts", code("../stripe/client"), /no Stripe/],
  ["packages/billing/src/refunds/schemas.ts", code("node:fs"), /no input, output/],
  ["packages/billing/src/schemas.ts", code("pg"), /no database/],
  ["packages/billing/src/refunds/admin-router.ts", code("@prisma/client"), /Routers call verbs/],
  ["packages/billing/src/refunds/admin-router.ts", code("../db/client"), /Routers call verbs/],
  ["packages/billing/src/refunds/customer-router.ts", code("stripe"), /Routers call verbs/],
  ["apps/api/src/planted.ts", code("@prisma/client"), /touches the database/],
  ["apps/api/src/planted.ts", code("pg"), /touches the database/],
  ["apps/webhooks/src/planted.ts", code("stripe"), /talks to Stripe/],
  ["apps/webhooks/src/planted.ts", code("@farebox/api"), /imports an app/],
  ["apps/api/src/planted.ts", code("../../webhooks/src/../../apps/webhooks/src/main"), /imports an app/],
  ["apps/api/src/planted.ts", code("@farebox/stripe-sandbox"), /Servers import @farebox\/billing/],
  ["apps/webhooks/src/planted.ts", "export const port = process.env.PORT;\n", /noProcessEnv/],
  ["apps/dashboard/src/planted.tsx", code("@farebox/billing"), /only types from @farebox\/billing/],
  ["apps/dashboard/src/planted.tsx", 'export { thing } from "@farebox/billing";\n', /only types from/],
  ["apps/admin/src/planted.ts", 'export * from "@farebox/billing";\n', /only types from/],
  ["apps/admin/src/planted.ts", 'export const late = () => import("@farebox/billing");\n', /only types from/],
  ["apps/admin/src/planted.ts", code("@farebox/billing/embedded"), /takes types from/],
  ["apps/dashboard/src/planted.ts", code("stripe"), /@stripe\/stripe-js/],
  ["apps/admin/src/planted.ts", code("@farebox/dashboard"), /imports an app/],
];

const allowed: [file: string, source: string, reason?: undefined][] = [
  ["apps/dashboard/src/planted.ts", code("@farebox/billing/schemas")],
  ["apps/dashboard/src/planted.ts", code("@farebox/ui/button")],
  [
    "apps/dashboard/src/planted.ts",
    'import type { Thing } from "@farebox/billing";\n\nexport const used: Thing = 1;\n',
  ],
  ["apps/dashboard/src/planted.ts", 'export type { Thing } from "@farebox/billing";\n'],
  ["apps/api/src/planted.ts", code("@farebox/billing")],
  ["apps/api/src/env.ts", "export const port = process.env.PORT;\n"],
  ["packages/billing/src/testing/planted.ts", code("@farebox/stripe-sandbox")],
  ["packages/billing/src/demo/planted.ts", code("@farebox/stripe-sandbox")],
  ["packages/billing/src/refunds/planted.test.ts", code("@farebox/stripe-sandbox")],
  ["packages/billing/src/refunds/planted.ts", code("stripe")],
  ["packages/billing/src/refunds/rules.ts", code("../money")],
  ["packages/billing/src/refunds/schemas.ts", code("zod")],
  ["packages/billing/src/refunds/admin-router.ts", code("./refund-invoice")],
];

interface Diagnostic {
  location: { path: string };
  category: string;
  message: string;
}

/** Every case is a file of its own in one copy, so that one run of the linter judges them all. */
const planted = [...refused, ...allowed].map(([file, source, reason], index) => ({
  file: file.replace("refunds/", `noun-${index}/`).replace("planted", `planted-${index}`),
  title: `${file}: ${source.split("\n", 1)[0]}`,
  source,
  reason,
}));
let copy: string;
let diagnostics: Diagnostic[];

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "farebox-lint-"));
  const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  plant("biome.json", JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  const plugin = "scripts/check/billing-types-only.grit";
  plant(plugin, readFileSync(join(root, plugin), "utf8"));
  for (const { file, source } of planted) plant(file, source);
  const biome = join(root, "node_modules/.bin/biome");
  const args = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(biome, args, { cwd: copy, encoding: "utf8" });
  diagnostics = JSON.parse(stdout).diagnostics;
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function plant(file: string, source: string) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), source);
}

function saidAbout(file: string): string[] {
  return diagnostics
    .filter(
      ({ location, category }) =>
        location.path === file && /noRestrictedImports|noProcessEnv|plugin/.test(category),
    )
    .map(({ category, message }) => `${category}: ${message}`);
}

test.each(planted.filter(({ reason }) => reason))("refused in $title", ({ file, reason }) => {
  expect(saidAbout(file).join("\n")).toMatch(reason as RegExp);
});

test.each(planted.filter(({ reason }) => !reason))("fine in $title", ({ file }) => {
  expect(saidAbout(file)).toEqual([]);
});
