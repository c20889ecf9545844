import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, harness } from "../testing/harness";

let h: Harness;

beforeAll(async () => {
  h = await harness();
});
afterAll(() => h.close());

const execute = promisify(execFile);
const cli = fileURLToPath(new URL("catalog-cli.ts", import.meta.url));

async function run(args: string[], env: Record<string, string> = {}) {
  const options = {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: h.databaseUrl,
      STRIPE_SECRET_KEY: h.sandbox.secretKey,
      STRIPE_API_BASE: h.sandbox.url,
      ...env,
    },
  };
  return execute(process.execPath, ["--import", "tsx", cli, ...args], options).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, output: error.stderr }),
  );
}

test("plan tells what apply would do, apply does it, and then there is nothing to do", async () => {
  await h.stripe.products.update("farebox_growth", { name: "Renamed by hand" });
  const product = '~ product farebox_growth: name "Renamed by hand" -> "Growth"\n';
  expect(await run(["plan"])).toEqual({
    code: 0,
    output: `${product}1 change, 80 prices stay. Run "apply" to make it so.\n`,
  });
  expect((await h.stripe.products.retrieve("farebox_growth")).name).toBe("Renamed by hand");
  expect(await run(["apply"])).toEqual({
    code: 0,
    output: `${product}Done: 0 prices created, 0 archived, 80 unchanged.\n`,
  });
  expect((await h.stripe.products.retrieve("farebox_growth")).name).toBe("Growth");
  expect((await run(["plan"])).output).toBe("Nothing to do: Stripe offers what the catalogue says.\n");
}, 180_000);

test.each([
  [["sell"], {}, "usage: npm run catalog -- plan | apply"],
  [["plan"], { STRIPE_SECRET_KEY: " ", DATABASE_URL: "" }, "must be a Stripe secret or restricted key"],
  [["plan"], { STRIPE_API_BASE: "http://127.0.0.1:9" }, "could not be reached"],
])(
  "%j with %j says why not",
  async (args, env, reason) => {
    const { code, output } = await run(args, env);
    expect(code).toBe(1);
    expect(output).toContain(reason);
    expect(output).not.toMatch(/at .*\.ts:\d/);
  },
  180_000,
);
