import { expect, inject, it } from "vitest";
import { reportOf, runCampaign } from "./campaign";
import { planOf } from "./plan";

const seeds = Array.from({ length: 200 }, (_, at) => at + 1);

it("S1: two hundred histories end as Stripe has them, whatever goes wrong on the way", async () => {
  const failed = await runCampaign({ templateUrl: inject("templateUrl"), seeds });
  expect(failed.map((lived) => reportOf(lived))).toEqual([]);
}, 600_000);

it("S1: a seed is one plan, always the same", () => {
  expect(planOf(17)).toEqual(planOf(17));
  expect(planOf(17)).not.toEqual(planOf(18));
});
