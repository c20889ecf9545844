import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type * as SelfTest from "../../webhooks/self-test";
import type * as Verify from "../../webhooks/verify";
import { sign } from "../signed-event";
import { applyEdit, buildMutant } from "./build";
import { type Mutant, mutants } from "./catalog";

const mutantOf = (id: string): Mutant => {
  const found = mutants.find((mutant) => mutant.id === id);
  if (!found) throw new Error(`no mutant ${id}`);
  return found;
};

describe.each(mutants.map((mutant) => [mutant.id, mutant] as const))("%s", (_id, { edits }) => {
  it("still fits the source, and only where it is meant to", () => {
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
      const own = edits.filter((edit) => edit.file === file);
      expect(own.reduce(applyEdit, source)).not.toBe(source);
    }
  });
});

it("each has a name of its own", () => {
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
});

it("an edit that no longer fits is not overlooked", () => {
  const edit = { file: "a.ts", find: "x", replace: "y" };
  expect(applyEdit("x", edit)).toBe("y");
  expect(() => applyEdit("", edit)).toThrow(/a\.ts has 0/);
  expect(() => applyEdit("x x", edit)).toThrow(/has 2/);
});

describe("a bundle with a fault", () => {
  const load = async (mutant: Mutant | null) =>
    (await import((await buildMutant(mutant, "webhooks/verify.ts")).href)) as typeof Verify;
  const now = Date.now();
  const old = sign("{}", { secret: "whsec_1", timestamp: Math.floor(now / 1000) - 301 });

  it("has it, and one without is as the source", async () => {
    const judge = ({ isSigned }: typeof Verify) => isSigned(Buffer.from("{}"), old, ["whsec_1"], now);
    expect(judge(await load(null))).toBe("bad_timestamp");
    expect(judge(await load(mutantOf("MU11")))).toBe("signed");
  });

  it.each(["MU10", "MU11"])("B02 B04: %s does not pass the test at boot", async (id) => {
    const mutant = mutantOf(id);
    const edits = mutant.edits.filter(({ file }) => file === "webhooks/verify.ts");
    const url = await buildMutant({ ...mutant, edits }, "webhooks/self-test.ts");
    const { selfTestSignatures } = (await import(url.href)) as typeof SelfTest;
    expect(() => selfTestSignatures()).toThrow(/signature check accepts/);
  });

  it("is refused when what it breaks is not in it", async () => {
    await expect(buildMutant(mutantOf("MU20"), "webhooks/verify.ts")).rejects.toThrow(/MU20 is not in/);
  });
});
