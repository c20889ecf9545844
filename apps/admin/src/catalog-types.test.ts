import type { FeatureId, MeterId, PlanId } from "@farebox/billing";
import { expect, expectTypeOf, it } from "vitest";

it("the console knows the ids of the catalogue, and no others", () => {
  expectTypeOf<PlanId>().toEqualTypeOf<"free" | "starter" | "growth" | "team" | "scale">();
  expectTypeOf<MeterId>().toEqualTypeOf<"api_calls">();

  const plan: PlanId = "scale";
  const feature: FeatureId = "single_sign_on";
  const meter: MeterId = "api_calls";
  // @ts-expect-error no such plan
  const wrongPlan: PlanId = "gold";
  // @ts-expect-error no such feature
  const wrongFeature: FeatureId = "teleport";
  // @ts-expect-error no such meter
  const wrongMeter: MeterId = "seconds";
  expect([plan, feature, meter]).not.toEqual([wrongPlan, wrongFeature, wrongMeter]);
});
