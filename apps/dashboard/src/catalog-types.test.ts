import type {
  AddOnId,
  CustomerInputs,
  CustomerOutputs,
  FeatureId,
  MeterId,
  PlanId,
  PlanView,
} from "@farebox/billing";
import { expect, expectTypeOf, it } from "vitest";

it("the dashboard knows the ids of the catalogue, and no others", () => {
  expectTypeOf<PlanId>().toEqualTypeOf<"free" | "starter" | "growth" | "team" | "scale">();
  expectTypeOf<CustomerInputs["subscriptions"]["create"]["planId"]>().toEqualTypeOf<PlanId>();
  expectTypeOf<CustomerOutputs["plans"]["list"][number]["id"]>().toEqualTypeOf<PlanId>();
  expectTypeOf<PlanView["usage"][number]["meter"]>().toEqualTypeOf<MeterId>();
  expectTypeOf<CustomerOutputs["plans"]["catalog"]["addOns"][number]["id"]>().toEqualTypeOf<AddOnId>();

  const plan: PlanId = "growth";
  const feature: FeatureId = "audit_log";
  const meter: MeterId = "api_calls";
  // @ts-expect-error no such plan
  const wrongPlan: PlanId = "gold";
  // @ts-expect-error no such feature
  const wrongFeature: FeatureId = "teleport";
  // @ts-expect-error no such meter
  const wrongMeter: MeterId = "seconds";
  expect([plan, feature, meter]).not.toEqual([wrongPlan, wrongFeature, wrongMeter]);
});
