import type { Currency, Interval } from "./units";

export type { Currency, Interval };

/** In minor units, for every currency. */
export type Amounts = Readonly<Record<Currency, number>>;

/** As text it may be a fraction of the smallest coin: "0.25" is a quarter of a cent. */
export type UnitAmounts = Readonly<Record<Currency, number | `${number}`>>;

/** From the unit after the tier before up to and with `upTo`; the last goes up to "inf". */
export interface Tier {
  upTo: number | "inf";
  unit?: UnitAmounts;
  flat?: Amounts;
}

export type UnitPricing =
  | { unit: UnitAmounts }
  /** Each unit costs what its own tier says. */
  | { graduated: readonly Tier[] }
  /** All units cost what the tier of the last one says. */
  | { volume: readonly Tier[] }
  /** So many at once: 1,001 calls in packages of 1,000 are two packages, or one where it rounds down. */
  | { package: { size: number; round?: "up" | "down"; amounts: Amounts } };

/** How much a quantity costs, in one currency; the form of it that Stripe, the mirror and the screens share. */
export interface Rate {
  /** Decimal, in minor units; null where there are tiers. */
  unitAmount: string | null;
  tiersMode: "graduated" | "volume" | null;
  tiers: readonly RateTier[] | null;
  packageSize: number | null;
  packageRound: "up" | "down" | null;
}

export interface RateTier {
  /** null in the last one. */
  upTo: number | null;
  unit: string;
  flat: string;
}

const decimalPlaces = 12;
const scale = 10n ** BigInt(decimalPlaces);

/** What that many cost, in minor units, rounded once and halves up, as Stripe rounds a line. */
export function amountOf(rate: Rate, quantity: number): number {
  const scaled =
    rate.tiersMode && rate.tiers ? tiered(rate.tiersMode, rate.tiers, quantity) : flat(rate, quantity);
  return Number((2n * scaled + scale) / (2n * scale));
}

function flat({ unitAmount, packageSize, packageRound }: Rate, quantity: number): bigint {
  const packages =
    packageSize === null
      ? quantity
      : packageRound === "down"
        ? Math.floor(quantity / packageSize)
        : Math.ceil(quantity / packageSize);
  return scaledDecimal(unitAmount ?? "0") * BigInt(packages);
}

function tiered(mode: "graduated" | "volume", tiers: readonly RateTier[], quantity: number): bigint {
  if (mode === "volume") {
    const tier = tiers.find(({ upTo }) => upTo === null || quantity <= upTo);
    return tier ? tierAmount(tier, quantity) : 0n;
  }
  let total = 0n;
  let below = 0;
  for (const [position, tier] of tiers.entries()) {
    const inside = Math.min(quantity, tier.upTo ?? quantity) - below;
    // The flat fee of the first tier is due for nothing too.
    if (inside > 0 || position === 0) total += tierAmount(tier, inside);
    below = tier.upTo ?? quantity;
    if (quantity <= below) break;
  }
  return total;
}

const tierAmount = ({ unit, flat: fee }: RateTier, units: number): bigint =>
  scaledDecimal(unit) * BigInt(units) + scaledDecimal(fee);

function scaledDecimal(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole) * scale + BigInt(fraction.padEnd(decimalPlaces, "0") || "0");
}
