import { defineCatalog } from "./plans/define-catalog";

/** What this installation sells. Edit it, then `npm run catalog -- apply`. Amounts are in minor units, before tax. */
export const catalog = defineCatalog({
  features: {
    projects: { name: "Projects" },
    analytics: { name: "Analytics" },
    priority_support: { name: "Priority support" },
    audit_log: { name: "Audit log" },
    single_sign_on: { name: "Single sign-on" },
  },
  meters: {
    api_calls: { name: "API calls", unit: "call", aggregation: "sum" },
  },
  plans: {
    free: {
      name: "Free",
      description: "For trying things out",
      features: ["projects"],
      prices: {
        month: { usd: 0, eur: 0, jpy: 0, kwd: 0 },
      },
    },
    starter: {
      name: "Starter",
      description: "For one person who ships",
      features: ["projects", "analytics"],
      trialDays: 14,
      prices: {
        month: { usd: 1900, eur: 1900, jpy: 2900, kwd: 5900 },
        year: { usd: 19000, eur: 19000, jpy: 29000, kwd: 59000 },
      },
    },
    growth: {
      name: "Growth",
      description: "For companies that grow",
      features: ["projects", "analytics", "priority_support", "audit_log"],
      highlighted: true,
      prices: {
        month: { usd: 9900, eur: 9900, jpy: 14900, kwd: 30500 },
        year: { usd: 99000, eur: 99000, jpy: 149000, kwd: 305000 },
      },
    },
    team: {
      name: "Team",
      description: "A price for each person, from two on",
      features: ["projects", "analytics", "audit_log"],
      trialDays: 14,
      trialCard: "later",
      seats: {
        minimum: 2,
        maximum: 200,
        prices: {
          month: { unit: { usd: 1500, eur: 1500, jpy: 2200, kwd: 4600 } },
          year: { unit: { usd: 15000, eur: 15000, jpy: 22000, kwd: 46000 } },
        },
      },
    },
    scale: {
      name: "Scale",
      description: "Five seats, more at any time, and the API",
      features: ["projects", "analytics", "priority_support", "audit_log", "single_sign_on"],
      prices: {
        month: { usd: 24900, eur: 24900, jpy: 37900, kwd: 76500 },
        year: { usd: 249000, eur: 249000, jpy: 379000, kwd: 765000 },
      },
      seats: {
        included: 5,
        maximum: 1000,
        prices: {
          month: { unit: { usd: 2000, eur: 2000, jpy: 3000, kwd: 6100 } },
          year: { unit: { usd: 20000, eur: 20000, jpy: 30000, kwd: 61000 } },
        },
      },
      usage: [
        {
          meter: "api_calls",
          prices: {
            month: {
              graduated: [
                { upTo: 10_000, unit: { usd: 0, eur: 0, jpy: 0, kwd: 0 } },
                { upTo: 100_000, unit: { usd: "0.2", eur: "0.2", jpy: "0.3", kwd: "0.6" } },
                { upTo: "inf", unit: { usd: "0.1", eur: "0.1", jpy: "0.15", kwd: "0.3" } },
              ],
            },
            year: {
              graduated: [
                { upTo: 120_000, unit: { usd: 0, eur: 0, jpy: 0, kwd: 0 } },
                { upTo: 1_200_000, unit: { usd: "0.2", eur: "0.2", jpy: "0.3", kwd: "0.6" } },
                { upTo: "inf", unit: { usd: "0.1", eur: "0.1", jpy: "0.15", kwd: "0.3" } },
              ],
            },
          },
        },
      ],
    },
  },
  addOns: {
    extra_projects: {
      name: "Ten more projects",
      description: "For each of them, ten projects more",
      plans: ["starter", "growth", "team", "scale"],
      maximum: 10,
      prices: {
        month: { usd: 500, eur: 500, jpy: 800, kwd: 1500 },
        year: { usd: 5000, eur: 5000, jpy: 8000, kwd: 15000 },
      },
    },
    sso: {
      name: "Single sign-on",
      description: "Sign in with your own directory",
      plans: ["growth", "team"],
      features: ["single_sign_on"],
      prices: {
        month: { usd: 4900, eur: 4900, jpy: 7400, kwd: 15000 },
        year: { usd: 49000, eur: 49000, jpy: 74000, kwd: 150000 },
      },
    },
  },
  creditPacks: {
    credits_1000: {
      name: "1,000 credits",
      description: "Valid for a year",
      credits: 1000,
      expiresAfterDays: 365,
      prices: { usd: 1000, eur: 1000, jpy: 1500, kwd: 3100 },
    },
    credits_10000: {
      name: "10,000 credits",
      description: "A tenth cheaper, valid for a year",
      credits: 10_000,
      expiresAfterDays: 365,
      prices: { usd: 9000, eur: 9000, jpy: 13500, kwd: 27900 },
    },
  },
  products: {
    onboarding: {
      name: "Onboarding",
      description: "Two hours with one of our engineers",
      prices: { usd: 49000, eur: 49000, jpy: 74000, kwd: 150000 },
    },
  },
  coupons: {
    welcome: { name: "Welcome", off: { percent: 20 }, duration: "once" },
    stay: { name: "Half price for three months", off: { percent: 50 }, duration: { months: 3 } },
    partner: {
      name: "Partner price",
      off: { amount: { usd: 500, eur: 500, jpy: 800, kwd: 1500 } },
      duration: "forever",
    },
  },
  promotionCodes: {
    WELCOME20: { coupon: "welcome", firstPurchaseOnly: true },
    PARTNER: { coupon: "partner", minimum: { usd: 1500, eur: 1500, jpy: 2200, kwd: 4600 } },
  },
  policy: {
    graceDays: 7,
    dunning: { remindOnDays: [0, 3, 6], thenPlan: "canceled" },
    retention: [
      { kind: "pause", months: [1, 2, 3] },
      { kind: "coupon", coupon: "stay" },
      { kind: "downgrade", plan: "starter" },
    ],
  },
  portal: { headline: "Your plan with Farebox", plans: ["starter", "growth"], cancel: true },
});

export type PlanId = keyof (typeof catalog)["plans"] & string;
export type FeatureId = keyof (typeof catalog)["features"] & string;
export type MeterId = keyof (typeof catalog)["meters"] & string;
export type AddOnId = keyof (typeof catalog)["addOns"] & string;
export type CreditPackId = keyof (typeof catalog)["creditPacks"] & string;
export type ProductId = keyof (typeof catalog)["products"] & string;
export type CouponId = keyof (typeof catalog)["coupons"] & string;
