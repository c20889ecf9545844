import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";
import { withPnpm } from "./pnpm.mjs";
import { step } from "./steps.mjs";
import { runTask } from "./tasks.mjs";

/** Runs tasks of the workspace through turbo, which skips what has not changed. */
export async function runTurbo(tasks, { env, pnpm, title, filter = [], onLine }) {
  await step(title, async (progress) => {
    const args = ["run", ...tasks, ...filter.map((name) => `--filter=${name}`), "--output-logs=new-only"];
    const { code, lines, logFile } = await runTask(inRoot("node_modules", ".bin", "turbo"), args, {
      env: { ...withPnpm(env, pnpm), TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NODE_ENV: undefined },
      log: "build",
      onLine: (line) => {
        onLine?.(line);
        const name = /^(@farebox\/[\w-]+):/.exec(line)?.[1];
        if (name) progress(name);
      },
    });
    if (code !== 0)
      throw new Failure(
        `${title.replace(/ (built|generated).*$/, "")} could not be built: ${errorIn(lines)} (all of it: ${logFile}).`,
      );
    const cached = lines.find((line) => /Cached:/.test(line)) ?? "";
    const [, hits, all] = /Cached:\s*(\d+) cached, (\d+) total/.exec(cached) ?? [];
    return all === undefined ? "" : `${all - hits} of ${all} changed`;
  });
}

function errorIn(lines) {
  const telling = lines.filter(
    (line) =>
      /error|✘|cannot|could not|failed/i.test(line) && !/ELIFECYCLE|command finished|Failed:/i.test(line),
  );
  return (telling[0] ?? lines.at(-1) ?? "no output").replace(/^@farebox\/[\w-]+:\w+:\s*/, "").trim();
}
