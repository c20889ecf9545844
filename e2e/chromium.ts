import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";

const INSTALLED = [
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"];
const cache = fileURLToPath(new URL("node_modules/.cache/chromium", import.meta.url));

interface Program {
  executablePath: string;
  env?: Record<string, string | undefined>;
}

/** A real browser on any machine: CHROME_PATH, an installed Chrome or Chromium, or the one from npm. */
export async function launchChromium(): Promise<Browser> {
  const path = process.env.CHROME_PATH ?? INSTALLED.find((candidate) => existsSync(candidate));
  const { executablePath, env } = path ? { executablePath: path } : await packagedChromium();
  return chromium.launch({
    executablePath,
    args: FLAGS,
    env: { ...process.env, ...env } as Record<string, string>,
  });
}

/** The npm package brings the browser, fonts and the libraries that a bare Linux lacks, all compressed. */
export async function packagedChromium(): Promise<Required<Program>> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chrome or Chromium was found: install one, or name it in CHROME_PATH.");
  }
  if (!existsSync(cache)) await unpack();
  return {
    executablePath: join(cache, "chromium"),
    env: {
      LD_LIBRARY_PATH: [join(cache, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? join(cache, "fonts"),
      HOME: process.env.HOME ?? cache,
    },
  };
}

/** The package unpacks into TMPDIR only; moved into place when whole, so that a half one is never run. */
async function unpack(): Promise<void> {
  mkdirSync(dirname(cache), { recursive: true });
  const draft = mkdtempSync(`${cache}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = draft;
  try {
    const { default: packaged, inflate } = await import("@sparticuz/chromium");
    const archives = join(
      dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")),
      "..",
      "bin",
    );
    await Promise.all([packaged.executablePath(), inflate(join(archives, "al2023.tar.br"))]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(draft, cache);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(cache)) throw error;
  }
}
