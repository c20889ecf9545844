import { defineCatalog } from "./plans/define-catalog";

/** The plans of this installation. Edit it, then `npm run catalog -- apply`. Amounts are in minor units. */
export const catalog = defineCatalog({
  features: {
    projects: { name: "Projects" },
    analytics: { name: "Analytics" },
    priority_support: { name: "Priority support" },
    audit_log: { name: "Audit log" },
  },
  plans: {
    free: {
      name: "Free",
      description: "For trying things out",
      features: ["projects"],
      prices: {
        month: { usd: 0, eur: 0, jpy: 0 },
      },
    },
    starter: {
      name: "Starter",
      description: "For one team that ships",
      features: ["projects", "analytics"],
      trialDays: 14,
      prices: {
        month: { usd: 1900, eur: 1900, jpy: 2900 },
        year: { usd: 19000, eur: 19000, jpy: 29000 },
      },
    },
    growth: {
      name: "Growth",
      description: "For companies that grow",
      features: ["projects", "analytics", "priority_support", "audit_log"],
      highlighted: true,
      prices: {
        month: { usd: 9900, eur: 9900, jpy: 14900 },
        year: { usd: 99000, eur: 99000, jpy: 149000 },
      },
    },
  },
});

export type PlanId = keyof (typeof catalog)["plans"] & string;
export type FeatureId = keyof (typeof catalog)["features"] & string;
