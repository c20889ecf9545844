import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type AddOnId,
  type CreditPackId,
  catalog,
  type FeatureId,
  type MeterId,
  type PlanId,
} from "../catalog";
import type { CreateSubscriptionInput } from "../subscriptions/schemas";
import { type Catalog, defineCatalog, lookupKey } from "./define-catalog";
import type { CatalogView, PlanView } from "./schemas";

const price = { usd: 1000, eur: 1000, jpy: 1000, kwd: 1000 };
const basic = { name: "Basic", description: "", features: [], prices: { month: price } } as const;
const features = { projects: { name: "Projects" } };
const meters = { calls: { name: "Calls", unit: "call", aggregation: "sum" } } as const;

describe("ids", () => {
  it("are literal types from the catalogue to the inputs and views", () => {
    expectTypeOf<PlanId>().toEqualTypeOf<"free" | "starter" | "growth" | "team" | "scale">();
    expectTypeOf<MeterId>().toEqualTypeOf<"api_calls">();
    expectTypeOf<AddOnId>().toEqualTypeOf<"extra_projects" | "sso">();
    expectTypeOf<CreditPackId>().toEqualTypeOf<"credits_1000" | "credits_10000">();
    expectTypeOf<CreateSubscriptionInput["planId"]>().toEqualTypeOf<PlanId>();
    expectTypeOf<PlanView["id"]>().toEqualTypeOf<PlanId>();
    expectTypeOf<PlanView["features"][number]["id"]>().toEqualTypeOf<FeatureId>();
    expectTypeOf<PlanView["usage"][number]["meter"]>().toEqualTypeOf<MeterId>();
    expectTypeOf<CatalogView["addOns"][number]["id"]>().toEqualTypeOf<AddOnId>();
    // @ts-expect-error a plan that is not in the catalogue
    expect(catalog.plans.gold).toBeUndefined();
    // @ts-expect-error a meter that is not in the catalogue
    expect(catalog.meters.seconds).toBeUndefined();
    // @ts-expect-error a pack that is not in the catalogue
    expect(catalog.creditPacks.credits_5).toBeUndefined();
    const wish: Partial<CreateSubscriptionInput> = {
      // @ts-expect-error an add-on that is not in the catalogue
      addOns: [{ id: "storage", quantity: 1 }],
    };
    expect(wish.planId).toBeUndefined();
  });

  it("that are wrong do not compile, and are refused where nothing compiled them", () => {
    defineCatalog({ features, plans: { basic: { ...basic, features: ["projects"] } } });
    expect(() =>
      // @ts-expect-error no such feature
      defineCatalog({ features, plans: { basic: { ...basic, features: ["reports"] } } }),
    ).toThrow("plan basic: there is no feature reports");
    const usage = [{ meter: "seconds", prices: { month: { unit: price } } }] as const;
    expect(() =>
      // @ts-expect-error no such meter
      defineCatalog({ features, meters, plans: { basic: { ...basic, usage } } }),
    ).toThrow("there is no meter seconds");
    const addOn = { name: "More", description: "", prices: { month: price } };
    expect(() =>
      // @ts-expect-error no such plan
      defineCatalog({ features, plans: { basic }, addOns: { more: { ...addOn, plans: ["gold"] } } }),
    ).toThrow("add-on more: there is no plan gold");
    expect(() =>
      // @ts-expect-error no such coupon
      defineCatalog({ features, plans: { basic }, promotionCodes: { HELLO: { coupon: "hello" } } }),
    ).toThrow("promotion code HELLO: there is no coupon hello");
  });
});

describe("defineCatalog refuses", () => {
  const define = (parts: Partial<Catalog>) =>
    defineCatalog({ features, plans: { basic }, ...parts } as unknown as Parameters<typeof defineCatalog>[0]);
  const planWith = (fields: object) => define({ meters, plans: { basic: { ...basic, ...fields } } });
  const tiers = (list: object[]) => planWith({ seats: { prices: { month: { graduated: list } } } });
  const { usd: _missing, ...withoutDollars } = price;

  it.each([10.5, -1, Number.NaN, 2 ** 53])("%s as an amount", (amount) => {
    expect(() => planWith({ prices: { month: { ...price, eur: amount } } })).toThrow(
      "plan basic: month eur: must be a whole number of minor units",
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      "a currency that is missing",
      () => planWith({ prices: { month: withoutDollars } }),
      "month: no price in usd",
    ],
    [
      "a currency it does not know",
      () => planWith({ prices: { month: { ...price, gbp: 1 } } }),
      "gbp is no currency",
    ],
    ["a third decimal", () => planWith({ prices: { month: { ...price, kwd: 1005 } } }), "kwd: must end in 0"],
    [
      "a period it does not know",
      () => planWith({ prices: { month: price, week: price } }),
      "week is no billing period",
    ],
    ["a plan without a price", () => planWith({ prices: undefined }), "needs a price or a price of seats"],
    [
      "periods that do not fit",
      () => planWith({ seats: { prices: { year: { unit: price } } } }),
      "must have the same billing periods, but have month; year",
    ],
    [
      "tiers that do not ascend",
      () =>
        tiers([
          { upTo: 5, unit: price },
          { upTo: 5, unit: price },
          { upTo: "inf", unit: price },
        ]),
      "tier 2: tiers must ascend: upTo must be a whole number above 5",
    ],
    [
      "tiers with an end",
      () => tiers([{ upTo: 5, unit: price }]),
      'tier 1: the last tier must go up to "inf"',
    ],
    ["a tier for nothing", () => tiers([{ upTo: "inf" }]), "tier 1: needs a price"],
    ["no tiers", () => tiers([]), "has no tiers"],
    [
      "a fraction that is none",
      () => tiers([{ upTo: "inf", unit: { ...price, usd: "0,5" } }]),
      "usd: must be minor units: a whole number, or a decimal as text",
    ],
    [
      "included seats with tiers",
      () =>
        planWith({ seats: { included: 2, prices: { month: { volume: [{ upTo: "inf", unit: price }] } } } }),
      "included seats need a price per unit",
    ],
    [
      "fewer seats than are included",
      () => planWith({ seats: { included: 5, minimum: 2, prices: { month: { unit: price } } } }),
      "minimum must not be below the included seats",
    ],
    [
      "a package of one",
      () =>
        planWith({
          usage: [{ meter: "calls", prices: { month: { package: { size: 1, amounts: price } } } }],
        }),
      "a package must hold a whole number of units, at least 2",
    ],
    ["a feature twice", () => planWith({ features: ["projects", "projects"] }), "names a feature twice"],
    ["an id with capitals", () => define({ plans: { Basic: basic } }), "plan Basic: an id has small letters"],
    ["a trial that is no number", () => planWith({ trialDays: 1.5 }), "trialDays must be a whole number"],
    [
      "a card for no trial",
      () => planWith({ trialCard: "later" }),
      "trialCard says nothing without trialDays",
    ],
    [
      "two things of one key",
      () =>
        define({
          plans: {
            basic: { ...basic, seats: { prices: { month: { unit: price } } } },
            basic_seats: basic,
          },
        }),
      "key basic_seats_month_usd: two things would have it at Stripe",
    ],
    [
      "an add-on without the periods of its plans",
      () =>
        define({
          plans: { basic: { ...basic, prices: { month: price, year: price } } },
          addOns: { more: { name: "More", description: "", plans: ["basic"], prices: { month: price } } },
        }),
      "add-on more: has no price per year, but basic is sold per year",
    ],
    [
      "a pack for nothing",
      () =>
        define({
          creditPacks: { gift: { name: "Gift", description: "", credits: 0, prices: { ...price, usd: 0 } } },
        }),
      "credit pack gift: must cost something",
    ],
    [
      "more than everything off",
      () => define({ coupons: { all: { name: "All", off: { percent: 101 }, duration: "once" } } }),
      "percent must be above 0 and at most 100",
    ],
    [
      "codes that only capitals tell apart",
      () =>
        define({
          coupons: { half: { name: "Half", off: { percent: 50 }, duration: "once" } },
          promotionCodes: { HALF: { coupon: "half" }, half: { coupon: "half" } },
        }),
      "is there twice",
    ],
    [
      "reminders that go back in time",
      () =>
        define({
          policy: { graceDays: 7, dunning: { remindOnDays: [3, 1], thenPlan: "unpaid" }, retention: [] },
        }),
      "remindOnDays must be whole numbers that ascend",
    ],
    [
      "a retention coupon that is not there",
      () =>
        define({
          policy: {
            graceDays: 7,
            dunning: { remindOnDays: [], thenPlan: "unpaid" },
            retention: [{ kind: "coupon", coupon: "stay" }],
          },
        }),
      "there is no coupon stay",
    ],
    [
      "a portal that changes seats",
      () =>
        define({
          plans: { basic: { ...basic, seats: { prices: { month: { unit: price } } } } },
          portal: { headline: "", plans: ["basic"], cancel: true },
        }),
      "Stripe's page cannot change basic: it has seats or usage",
    ],
  ])("%s", (_case, attempt, message) => {
    expect(attempt).toThrow(message);
  });

  it("and says everything that is wrong at once", () => {
    const wrong = () =>
      planWith({ name: " ", features: ["reports"], prices: { month: { ...price, usd: -1 } } });
    expect(wrong).toThrow(
      [
        "The catalogue cannot be used:",
        "- plan basic: a name has 1 to 80 characters",
        "- plan basic: there is no feature reports",
        "- plan basic: month usd: must be a whole number of minor units",
      ].join("\n"),
    );
  });
});

it("a price is named by what it is, never by Stripe's id", () => {
  expect(lookupKey("growth", "year", "jpy")).toBe("growth_year_jpy");
});
