import { codeChecks, runChecks } from "../check/steps.mjs";
import { Failure } from "../start/failure.mjs";
import { say } from "../start/log.mjs";
import { endTasksOnSignal, prepare } from "../start/prepare.mjs";
import { runVitest } from "./vitest.mjs";

/**
 * Everything, or with arguments only the tests they choose (`npm test -- refunds`).
 * The last line is `N passed, N failed`: every test, and every check of the code as one.
 */
export async function runTests(args) {
  endTasksOnSignal();
  const total = { passed: 0, failed: 0 };
  const add = ({ passed, failed }) => {
    total.passed += passed;
    total.failed += failed;
  };
  try {
    const prepared = await prepare(["generate", "build"]);
    if (args.length === 0) add(await runChecks(codeChecks(prepared)));
    add(await runVitest(args, prepared.env));
  } catch (error) {
    say(`\n✖ ${error instanceof Failure ? error.message : error.stack}`);
    add({ passed: 0, failed: 1 });
  }
  if (total.passed + total.failed === 0) {
    say(`\n✖ No test matches ${args.join(" ")}.`);
    total.failed = 1;
  }
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}
