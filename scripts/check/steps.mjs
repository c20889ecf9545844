import { Failure } from "../start/failure.mjs";
import { inRoot } from "../start/paths.mjs";
import { step } from "../start/steps.mjs";
import { runTask } from "../start/tasks.mjs";

const bin = (name) => inRoot("node_modules", ".bin", name);

/** What can be said about the code without running it. Each entry is one check, one line and one test. */
export function codeChecks({ env }) {
  return [
    check(
      "format, lint, import rules",
      bin("biome"),
      ["check", "--error-on-warnings", "--max-diagnostics=200", "."],
      env,
    ),
    check("file sizes", process.execPath, [inRoot("scripts", "check", "file-sizes.mjs")], env),
    check("no dead code (knip)", bin("knip"), ["--no-progress"], env),
    check("types", bin("tsc"), ["-b", "--checkers", "2"], env),
  ];
}

function check(title, command, args, env) {
  return {
    title,
    run: () =>
      step(title, async () => {
        const { code, output, last } = await runTask(command, args, { env, log: "check" });
        if (code !== 0) throw new Failure(`${title}: exit ${code}\n\n${output}`);
        return title === "file sizes" ? last : "";
      }),
  };
}

/** Runs every check, prints what each failed one said, and counts. */
export async function runChecks(checks) {
  const result = { passed: 0, failed: 0 };
  for (const { run } of checks) {
    try {
      await run();
      result.passed += 1;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.log(`\n✖ ${error.message}\n`);
      result.failed += 1;
    }
  }
  return result;
}
