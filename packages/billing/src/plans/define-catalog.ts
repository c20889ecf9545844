export const intervals = ["month", "year"] as const;
export type Interval = (typeof intervals)[number];

export const currencies = ["usd", "eur", "jpy"] as const;
export type Currency = (typeof currencies)[number];

export interface FeatureDefinition {
  name: string;
}

export interface PlanDefinition<FeatureId extends string = string> {
  name: string;
  description: string;
  features: readonly FeatureId[];
  /** Days before the first charge; a card is asked for at the start. */
  trialDays?: number;
  highlighted?: boolean;
  /** Per interval and currency, in minor units. */
  prices: Partial<Record<Interval, Record<Currency, number>>>;
}

/** Keeps plan and feature ids as literal types, so that a wrong id does not compile anywhere. */
export function defineCatalog<
  const Features extends Record<string, FeatureDefinition>,
  const Plans extends Record<string, PlanDefinition<Extract<keyof Features, string>>>,
>(definition: { features: Features; plans: Plans }): { features: Features; plans: Plans } {
  for (const [id, plan] of Object.entries<PlanDefinition>(definition.plans)) {
    for (const [interval, prices] of Object.entries(plan.prices)) {
      for (const [currency, amount] of Object.entries(prices)) {
        if (!Number.isSafeInteger(amount) || amount < 0) {
          throw new Error(`plan ${id}: ${interval} ${currency} must be a whole number of minor units`);
        }
      }
    }
  }
  return definition;
}

/** How a catalogue price is found at Stripe; never by its id. */
export const lookupKey = (planId: string, interval: Interval, currency: string) =>
  `${planId}_${interval}_${currency}`;
