import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Literal } from "./literals";

const packages = createRequire(import.meta.url);
const declarations = join(dirname(packages.resolve("stripe")), "..", "esm");
const compiler = join(dirname(packages.resolve("typescript/package.json")), "bin", "tsc");

const upcoming = /(interface InvoiceUpcomingEvent [\s\S]*?object: )Invoice;/;

/**
 * Makes the declarations strict, and about what travels: enums are closed, decimals are strings, answers have
 * neither headers nor methods. One of them says only in words that it has no id: `invoice.upcoming`.
 */
const patches: { file: string; from: RegExp; to: string }[] = [
  { file: "shared.d.ts", from: /export type OtherString = .*;/, to: "export type OtherString = never;" },
  {
    file: "shared.d.ts",
    from: /export \{ Decimal \} from '.\/Decimal.js';/,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    to: "export type Decimal = `${number}`;",
  },
  {
    file: "lib.d.ts",
    from: /export type Response<T> = T & \{[\s\S]*?\n\};/,
    to: "export type Response<T> = T;",
  },
  { file: "resources/V2/Core/Events.d.ts", from: /fetch(?:RelatedObject|Event)\(\): Promise<.*>;/g, to: "" },
  { file: "resources/Events.d.ts", from: upcoming, to: '$1Omit<Invoice, "id">;' },
];

const header = `import type Stripe from "stripe";
type Answer<Method extends (...args: never[]) => unknown> = Said<Awaited<ReturnType<Method>>>;
type Said<T> = [T] extends [void] ? Record<string, never> : T;
type Before<Data> = Data extends { previous_attributes?: infer Old } ? Part<NonNullable<Old>> : never;
type Part<T> = T extends (infer Item)[] ? Item[] : T extends object ? { [Key in keyof T]?: Part<T[Key]> | null } : T;
`;

/** Asks the TypeScript compiler; nothing comes back when it accepts every literal. A folder that is named stays. */
export async function judge(literals: Literal[], keepIn?: string): Promise<string[]> {
  const folder = keepIn ?? (await mkdtemp(join(tmpdir(), "farebox-conformance-")));
  await mkdir(folder, { recursive: true });
  try {
    await writeDeclarations(folder);
    const files = await writeLiterals(folder, literals);
    return explain(await compile(folder), files);
  } finally {
    if (keepIn === undefined) await rm(folder, { recursive: true });
  }
}

async function writeDeclarations(folder: string): Promise<void> {
  const stripe = join(folder, "stripe");
  await cp(declarations, stripe, {
    recursive: true,
    filter: (path) => !/\.(js|map)$/.test(path),
  });
  for (const { file, from, to } of patches) {
    const text = await readFile(join(stripe, file), "utf8");
    const patched = text.replace(from, to);
    if (patched === text) throw new Error(`stripe declares ${file} in another way than before.`);
    await writeFile(join(stripe, file), patched);
  }
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    module: "preserve",
    moduleResolution: "bundler",
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    types: ["node"],
    typeRoots: [join(dirname(packages.resolve("@types/node/package.json")), "..")],
    paths: { stripe: ["./stripe/stripe.esm.node.d.ts"] },
  };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["*.ts"] }),
  );
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
}

interface Written {
  lines: string[];
  /** The line each literal begins at. */
  starts: { line: number; from: string }[];
}

const perFile = 200;

async function writeLiterals(folder: string, literals: Literal[]): Promise<Map<string, Written>> {
  const files = new Map<string, Written>();
  for (let at = 0; at < literals.length; at += perFile) {
    const lines = header.split("\n");
    const starts: Written["starts"] = [];
    literals.slice(at, at + perFile).forEach(({ type, value, from }, index) => {
      starts.push({ line: lines.length, from });
      const text = `export const literal${at + index}: ${type} = ${JSON.stringify(value, null, 2)};`;
      lines.push(...text.split("\n"));
    });
    const name = `literals-${at / perFile}.ts`;
    files.set(name, { lines, starts });
    await writeFile(join(folder, name), lines.join("\n"));
  }
  return files;
}

function compile(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 256 * 1024 * 1024 };
    execFile(
      process.execPath,
      [compiler, "-p", folder, "--pretty", "false"],
      options,
      (error, stdout, stderr) => {
        if (error && stdout === "") reject(new Error(`The compiler failed: ${stderr}`, { cause: error }));
        else resolve(stdout);
      },
    );
  });
}

/** From line numbers to the fields they are about. */
function explain(output: string, files: Map<string, Written>): string[] {
  return output
    .split(/\n(?=\S)/)
    .filter((text) => text.trim() !== "")
    .map((text) => {
      const [, file = "", line = ""] = /^(\S+?)\((\d+),\d+\): error/.exec(text) ?? [];
      const written = files.get(file);
      if (!written) return text;
      const place = placeOf(written, Number(line) - 1);
      return `${place}: ${text.replace(/^\S+: error /, "").trim()}`;
    });
}

function placeOf({ lines, starts }: Written, line: number): string {
  const start = starts.findLast((one) => one.line <= line);
  const path: string[] = [];
  let indent = Number.POSITIVE_INFINITY;
  for (let at = line; at > (start?.line ?? 0); at--) {
    const [, space = "", key] = /^( *)(?:"([^"]+)":)?/.exec(lines[at] ?? "") ?? [];
    if (space.length >= indent) continue;
    indent = space.length;
    if (key !== undefined) path.unshift(key);
  }
  return `${start?.from ?? "?"}, ${path.join(".") || "the whole"}`;
}
