import { isTierReached } from "../decisions/arithmetic";
import type { Price } from "../tables";
import { compare, fromDecimal, minus, plus, type Rational, rational, times } from "./money";

type PriceShape = Pick<Price, "unit_amount_decimal" | "tiers" | "tiers_mode" | "transform_quantity">;

/** What this many units cost, exactly; the caller rounds once per line. Usage may be a decimal. */
export function amountFor(price: PriceShape, quantity: number | string): Rational {
  const units = fromDecimal(String(quantity));
  if (price.tiers_mode && price.tiers) return tiered(price.tiers, price.tiers_mode, units);
  return times(fromDecimal(price.unit_amount_decimal ?? "0"), packages(price, units));
}

function packages(price: PriceShape, units: Rational): Rational {
  if (!price.transform_quantity) return units;
  const { divide_by: size, round } = price.transform_quantity;
  const whole = units.den * BigInt(size);
  const up = round === "up" ? whole - 1n : 0n;
  return rational((units.num + up) / whole);
}

type Tier = NonNullable<Price["tiers"]>[number];

function tiered(tiers: Tier[], mode: string, units: Rational): Rational {
  if (mode === "volume") {
    const tier = tiers.find(({ up_to: end }) => end === null || compare(units, rational(end)) <= 0);
    return tier ? tierAmount(tier, units) : rational(0);
  }
  let total = rational(0);
  let below = rational(0);
  for (const [at, tier] of tiers.entries()) {
    const end = tier.up_to === null ? units : rational(tier.up_to);
    const inside = minus(compare(units, end) < 0 ? units : end, below);
    if (isTierReached(at, inside.num)) total = plus(total, tierAmount(tier, inside));
    if (compare(units, end) <= 0) break;
    below = end;
  }
  return total;
}

function tierAmount(tier: Tier, units: Rational): Rational {
  const flat = fromDecimal(tier.flat_amount_decimal ?? "0");
  return plus(flat, times(fromDecimal(tier.unit_amount_decimal ?? "0"), units));
}
