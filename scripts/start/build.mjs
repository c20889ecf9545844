import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { withPnpm } from "./pnpm.mjs";
import { step } from "./steps.mjs";
import { runTask } from "./tasks.mjs";

const TURBO_SAYS = /ELIFECYCLE|command finished|command .* exited|Failed:/i;

/** Builds what has changed since the last time. */
export async function runTurbo(tasks, { env, pnpm, title, filter = [] }) {
  await step(title, async (progress) => {
    const flags = filter.map((name) => `--filter=${name}`);
    const { code, lines, logFile } = await turbo(tasks, flags, { env, pnpm, progress });
    const what = title.replace(/ (built|generated)$/, "");
    if (code !== 0)
      throw new Failure(`Building the ${what} failed: ${errorsIn(lines)[0]} (all of it: ${logFile}).`);
    return changed(lines);
  });
}

function turbo(tasks, flags, { env, pnpm, progress }) {
  return runTask(
    inRoot("node_modules", ".bin", "turbo"),
    ["run", ...tasks, ...flags, "--output-logs=new-only"],
    {
      env: { ...withPnpm(env, pnpm), TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NODE_ENV: undefined },
      log: "build",
      onLine: (line) => {
        const name = /^(@farebox\/[\w-]+):/.exec(line)?.[1];
        if (name) progress(name);
      },
    },
  );
}

function changed(lines) {
  const summary = lines.find((line) => /Cached:/.test(line)) ?? "";
  const [, hits, all] = /Cached:\s*(\d+) cached, (\d+) total/.exec(summary) ?? [];
  return all === undefined ? "" : `${all - hits} of ${all} changed`;
}

function errorsIn(lines) {
  const telling = lines.filter(
    (line) => /error|✘|cannot|could not|failed/i.test(line) && !TURBO_SAYS.test(line),
  );
  const said = telling.length > 0 ? telling : [lines.at(-1) ?? "no output"];
  return said.map((line) => line.replace(/^(@farebox\/[\w-]+):\w+:\s*/, "$1  ").trim());
}
