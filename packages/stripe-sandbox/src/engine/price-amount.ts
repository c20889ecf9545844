import type { Price } from "../tables";
import { fromDecimal, plus, type Rational, rational, times } from "./money";

type PriceShape = Pick<Price, "unit_amount_decimal" | "tiers" | "tiers_mode" | "transform_quantity">;

/** What this many units cost, exactly; the caller rounds once per line. */
export function amountFor(price: PriceShape, quantity: number): Rational {
  if (price.tiers_mode && price.tiers) return tiered(price.tiers, price.tiers_mode, quantity);
  return times(fromDecimal(price.unit_amount_decimal ?? "0"), rational(packages(price, quantity)));
}

function packages(price: PriceShape, quantity: number): number {
  if (!price.transform_quantity) return quantity;
  const { divide_by: size, round } = price.transform_quantity;
  return round === "up" ? Math.ceil(quantity / size) : Math.floor(quantity / size);
}

type Tier = NonNullable<Price["tiers"]>[number];

function tiered(tiers: Tier[], mode: string, quantity: number): Rational {
  if (mode === "volume") {
    const tier = tiers.find((candidate) => candidate.up_to === null || quantity <= candidate.up_to);
    return tier ? tierAmount(tier, quantity) : rational(0);
  }
  let total = rational(0);
  let below = 0;
  for (const tier of tiers) {
    const units = Math.min(quantity, tier.up_to ?? quantity) - below;
    if (units > 0 || below === 0) total = plus(total, tierAmount(tier, Math.max(0, units)));
    if (tier.up_to === null || tier.up_to >= quantity) break;
    below = tier.up_to;
  }
  return total;
}

function tierAmount(tier: Tier, units: number): Rational {
  const flat = fromDecimal(tier.flat_amount_decimal ?? "0");
  return plus(flat, times(fromDecimal(tier.unit_amount_decimal ?? "0"), rational(units)));
}
