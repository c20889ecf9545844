import { describe, expect, expectTypeOf, it } from "vitest";
import { catalog, type FeatureId, type PlanId } from "../catalog";
import type { CreateSubscriptionInput } from "../subscriptions/schemas";
import { defineCatalog, lookupKey } from "./define-catalog";
import type { PlanView } from "./schemas";

const price = { usd: 1000, eur: 1000, jpy: 1000 };

describe("plan and feature ids", () => {
  it("are literal types from the catalogue to the inputs and views", () => {
    expectTypeOf<PlanId>().toEqualTypeOf<"free" | "starter" | "growth">();
    expectTypeOf<CreateSubscriptionInput["planId"]>().toEqualTypeOf<PlanId>();
    expectTypeOf<PlanView["id"]>().toEqualTypeOf<PlanId>();
    expectTypeOf<PlanView["features"][number]["id"]>().toEqualTypeOf<FeatureId>();
    // @ts-expect-error a plan that is not in the catalogue
    expect(catalog.plans.gold).toBeUndefined();
  });

  it("refuse a feature that is not defined", () => {
    const features = { projects: { name: "Projects" } };
    const plan = { name: "Basic", description: "", prices: { month: price } };
    defineCatalog({ features, plans: { basic: { ...plan, features: ["projects"] } } });
    // @ts-expect-error no such feature
    defineCatalog({ features, plans: { basic: { ...plan, features: ["reports"] } } });
  });
});

describe("defineCatalog", () => {
  it.each([10.5, -1, Number.NaN, 2 ** 53])("refuses %s as an amount", (amount) => {
    const plan = {
      name: "Basic",
      description: "",
      features: [],
      prices: { month: { ...price, eur: amount } },
    };
    expect(() => defineCatalog({ features: {}, plans: { basic: plan } })).toThrow(
      "plan basic: month eur must be a whole number of minor units",
    );
  });

  it("names a price by what it is, never by Stripe's id", () => {
    expect(lookupKey("growth", "year", "jpy")).toBe("growth_year_jpy");
  });
});
