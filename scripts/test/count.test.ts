import { expect, test } from "vitest";
import { count } from "./vitest.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test.each([
  [
    "all pass",
    { numPassedTests: 3, numFailedTests: 0, testResults: [file("passed", "passed")] },
    0,
    { passed: 3, failed: 0 },
  ],
  [
    "one fails",
    { numPassedTests: 2, numFailedTests: 1, testResults: [file("failed", "failed")] },
    1,
    { passed: 2, failed: 1 },
  ],
  [
    "a file that cannot be loaded",
    { numPassedTests: 2, numFailedTests: 0, testResults: [file("failed")] },
    1,
    { passed: 2, failed: 1 },
  ],
  [
    "a hook that fails after its tests",
    { numPassedTests: 2, numFailedTests: 0, testResults: [file("failed", "passed")] },
    1,
    { passed: 2, failed: 1 },
  ],
  [
    "an error outside any test",
    { numPassedTests: 2, numFailedTests: 0, testResults: [] },
    1,
    { passed: 2, failed: 1 },
  ],
  ["no report at all", undefined, 127, { passed: 0, failed: 1 }],
])("%s", (_what, report, code, expected) => expect(count(report, code)).toEqual(expected));
