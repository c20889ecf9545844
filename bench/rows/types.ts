import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
const app = import.meta.resolve("../types-app/app.ts");

export const typesRow: Row = {
  goals: [goal],
  async measure({ folder }) {
    const workspaces = checkedFolders();
    const generated = writeApp(join(folder, "types-app"));
    const sides = { ours: () => check(workspaces), theirs: () => check([generated]) };
    return [await compare(goal, sides)];
  },
};

/**
 * The compiler itself, without turbo and its cache: what a change to the innermost package costs. The median leaves out
 * a first round that found the files cold.
 */
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

/** The files of `types-app` with thirty times its router of ten procedures and the page that calls them. */
function writeApp(folder: string): string {
  mkdirSync(folder);
  const read = (name: string) => readFileSync(new URL(name, app), "utf8");
  const names = Array.from({ length: nouns }, (_, index) => `nouns${index}`);
  for (const part of ["router", "page"]) {
    const template = read(`nouns-${part}.ts`);
    for (const name of names)
      writeFileSync(join(folder, `${name}-${part}.ts`), template.replaceAll("nouns", name));
  }
  const lines = read("app.ts")
    .split("\n")
    .flatMap((line) =>
      line.includes("nouns") ? names.map((name) => line.replaceAll("nouns", name)) : [line],
    );
  writeFileSync(join(folder, "app.ts"), lines.join("\n"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.base.json"), include: ["*.ts"] }),
  );
  symlinkSync(join(root, "bench", "node_modules"), join(folder, "node_modules"));
  return folder;
}
