import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot, root } from "../start/paths.mjs";

/** Runs vitest with its output as it comes and counts from its own report, never from what it prints. */
export async function runVitest(args, env) {
  const folder = mkdtempSync(join(tmpdir(), "farebox-tests-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const code = await run(["run", ...reporters, "--passWithNoTests", ...args], env);
    return count(readReport(report), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args, { NODE_ENV: _, ...env }) {
  return new Promise((resolve) => {
    const child = spawn(inRoot("node_modules", ".bin", "vitest"), args, {
      cwd: root,
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", () => resolve(127));
    child.on("close", (code) => resolve(code ?? 130));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** A file that could not be loaded has no tests of its own, and an error outside tests none at all: each counts. */
export function count(report, code) {
  const passed = report?.numPassedTests ?? 0;
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  const failed = (report?.numFailedTests ?? 0) + brokenFiles.length;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}
