import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compare, type Goal, type Reading } from "../measure";
import { root, timed } from "../processes";
import type { Row } from "./row";

const warm: Goal = {
  name: "types",
  what: "type check of the whole repository after what a procedure answers has changed, against an app of 300 tRPC procedures after the same",
  unit: "ms",
  goal: 4,
  better: "lower",
};
const cold: Goal = {
  name: "types-cold",
  what: "type check of the whole repository from nothing, against an app of 300 tRPC procedures",
  unit: "ms",
  goal: 6,
  better: "lower",
};
const nouns = 30;
const app = import.meta.resolve("../types-app/app.ts");
const tsc = join(root, "node_modules", ".bin", "tsc");

export const typesRow: Row = {
  goals: [warm, cold],
  async measure({ folder }) {
    const ours = copyRepository(join(folder, "repository"));
    const theirs = writeApp(join(folder, "types-app"));
    const fromNothing = (project: Project) => () => {
      for (const made of project.made) rmSync(join(project.folder, made), { recursive: true, force: true });
      return check(project);
    };
    const afterChange = (project: Project) => () => {
      change(project);
      return check(project);
    };
    const coldResult = await compare(cold, { ours: fromNothing(ours), theirs: fromNothing(theirs) });
    return [await compare(warm, { ours: afterChange(ours), theirs: afterChange(theirs) }), coldResult];
  },
};

interface Project {
  folder: string;
  /** What the compiler keeps for the next time. */
  made: string[];
  edit: { file: string; at: string; add: (round: number) => string };
}

/** As `npm run check` does it. */
async function check({ folder }: Project): Promise<Reading> {
  const { ms, residentMb } = await timed(tsc, ["-b", "--checkers", "2"], folder);
  return { value: ms, residentMb };
}

let rounds = 0;

/** Everybody who calls the procedure has to be looked at again. */
function change({ folder, edit: { file, at, add } }: Project): void {
  rounds += 1;
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(at)) throw new Error(`${file} is not as this row expects it`);
  writeFileSync(path, text.replace(at, `${at}${add(rounds)}`));
}

const left = new Set(["dist", "artifacts", ".types", ".turbo", ".bin", ".cache", ".vite", ".vite-temp"]);

/** The sources of every workspace, and links to what is installed. */
function copyRepository(folder: string): Project {
  mkdirSync(folder);
  const filter = (source: string) => !left.has(basename(source));
  for (const name of ["apps", "packages", "bench", "e2e"])
    cpSync(join(root, name), join(folder, name), { recursive: true, verbatimSymlinks: true, filter });
  for (const name of readdirSync(root).filter((file) => /^(tsconfig.*|package)\.json$/.test(file)))
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const { references } = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8")) as {
    references: { path: string }[];
  };
  return {
    folder,
    made: references.map(({ path }) => join(path, ".types")),
    edit: {
      file: "packages/billing/src/live/schemas.ts",
      at: "export interface Change {",
      add: (round) => `\n  round${round}?: number;`,
    },
  };
}

/** The files of `types-app` with thirty times its router of ten procedures and the page that calls them. */
function writeApp(folder: string): Project {
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
  return {
    folder,
    made: [".types"],
    edit: {
      file: "nouns0-router.ts",
      at: "({ removed: input.id",
      add: (round) => `, round${round}: ${round}`,
    },
  };
}
