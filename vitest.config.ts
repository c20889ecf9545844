import { defineConfig } from "vitest/config";

const generatedOrBuilt = ["**/node_modules/**", "**/dist/**", "**/generated/**"];
const pure = ["rules", "schemas", "money", "catalog", "policy", "permissions"].map(
  (name) => `packages/billing/src/**/${name}.test.ts`,
);
const embedded = ["packages/billing/src/db/embedded*.test.ts"];
const database = "./packages/billing/src/testing/global-setup.ts";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    // Waits end when their condition holds; the limits are for machines that are busy with something else.
    testTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
    exclude: generatedOrBuilt,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "packages/stripe-sandbox/src/**/*.test.ts",
            "packages/ui/src/**/*.test.ts",
            "scripts/**/*.test.ts",
            ...pure,
            ...embedded,
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "ui",
          environment: "jsdom",
          include: ["packages/ui/src/**/*.test.tsx"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["packages/billing/src/**/*.test.ts", "apps/*/src/**/*.test.{ts,tsx}"],
          exclude: [...generatedOrBuilt, ...pure, ...embedded],
          globalSetup: database,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
