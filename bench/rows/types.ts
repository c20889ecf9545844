import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare, type Goal, type Reading } from "../measure";
import { root, timed } from "../processes";
import type { Row } from "./row";

const goal: Goal = {
  name: "types",
  what: "type check of every workspace one after the other, warm, against an app of 300 tRPC procedures",
  unit: "ms",
  goal: 4,
  better: "lower",
};
const nouns = 30;
const template = (name: string) => new URL(`../types-app/${name}.ts`, import.meta.url);

export const typesRow: Row = {
  goals: [goal],
  async measure({ folder }) {
    const workspaces = checkedFolders();
    const app = writeApp(join(folder, "types-app"));
    const sides = { ours: () => check(workspaces), theirs: () => check([app]) };
    await sides.ours();
    await sides.theirs();
    return [await compare(goal, sides)];
  },
};

/** The compiler itself, without turbo and its cache: what a change to the innermost package costs. */
async function check(folders: readonly string[]): Promise<Reading> {
  const reading = { value: 0, residentMb: 0 };
  for (const folder of folders) {
    const { ms, residentMb } = await timed(tsc, ["-p", "."], folder);
    reading.value += ms;
    reading.residentMb = Math.max(reading.residentMb, residentMb);
  }
  return reading;
}

const tsc = join(root, "node_modules", ".bin", "tsc");

function checkedFolders(): string[] {
  const groups = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  const all = [...groups, join(root, "bench"), join(root, "e2e")];
  const checked = all.filter((folder) => scriptsOf(folder).types === "tsc -p .");
  const unknown = all.find((folder) => "types" in scriptsOf(folder) && !checked.includes(folder));
  if (unknown) throw new Error(`${unknown} checks its types in another way than this row`);
  return checked;
}

function scriptsOf(folder: string): Record<string, string> {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, "utf8")) as { scripts?: Record<string, string> }).scripts ?? {};
}

/** Thirty copies of a router of ten procedures and of a page that calls them, merged and typed as one client. */
function writeApp(folder: string): string {
  mkdirSync(folder);
  const router = readFileSync(template("nouns-router"), "utf8");
  const page = readFileSync(template("nouns-page"), "utf8");
  const names = Array.from({ length: nouns }, (_, index) => `nouns${index}`);
  for (const name of names) {
    writeFileSync(join(folder, `${name}-router.ts`), router.replaceAll("nouns", name));
    writeFileSync(join(folder, `${name}-page.ts`), page.replaceAll("nouns", name));
  }
  writeFileSync(join(folder, "app.ts"), appSource(names));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.base.json"), include: ["*.ts"] }),
  );
  symlinkSync(join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules"), join(folder, "node_modules"));
  return folder;
}

function appSource(names: readonly string[]): string {
  const imports = names.flatMap((name) => [
    `import { ${name}Page } from "./${name}-page";`,
    `import { ${name}Router } from "./${name}-router";`,
  ]);
  return `import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { initTRPC } from "@trpc/server";
${imports.join("\n")}

const t = initTRPC.context<{ actor: { id: string } | null }>().create();
export const appRouter = t.router({ ${names.map((name) => `${name}: ${name}Router`).join(", ")} });

const client = createTRPCClient<typeof appRouter>({ links: [httpBatchLink({ url: "/trpc" })] });
export const pages = () => Promise.all([${names.map((name) => `${name}Page(client.${name})`).join(", ")}]);
`;
}
