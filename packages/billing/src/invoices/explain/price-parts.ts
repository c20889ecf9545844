import type { Rate } from "../../plans/pricing";
import type { ExplanationPart } from "../explanation";
import { decimal, decimalText, type Exact, exact, isLess, least, minus, plus, times, wholes } from "./exact";

type DraftPart<Part = ExplanationPart> = Part extends ExplanationPart ? Omit<Part, "amount"> : never;

/** A part before rounding. */
export interface PricePart {
  cost: Exact;
  shown: Extract<DraftPart, { kind: "units" | "tier" | "packages" }>;
}

/** What so many units cost, step by step; exact, since Stripe rounds once per line. */
export function priceParts(rate: Rate, quantity: string): PricePart[] {
  if (rate.tiersMode && rate.tiers) {
    return rate.tiersMode === "volume" ? volume(rate.tiers, quantity) : graduated(rate.tiers, quantity);
  }
  const unitAmount = rate.unitAmount ?? "0";
  if (rate.packageSize === null) {
    const cost = times(decimal(quantity), decimal(unitAmount));
    return [{ cost, shown: { kind: "units", quantity, unitAmount } }];
  }
  const round = rate.packageRound ?? "up";
  const packages = wholes(times(decimal(quantity), exact(1, rate.packageSize)), round === "up");
  return [
    {
      cost: times(exact(packages), decimal(unitAmount)),
      shown: {
        kind: "packages",
        quantity,
        packages: String(packages),
        size: rate.packageSize,
        round,
        unitAmount,
      },
    },
  ];
}

type Tiers = NonNullable<Rate["tiers"]>;

function volume(tiers: Tiers, quantity: string): PricePart[] {
  const units = decimal(quantity);
  const at = tiers.findIndex(({ upTo }) => upTo === null || !isLess(exact(upTo), units));
  const tier = tiers[at];
  return tier ? [tierPart("volume", tier, below(tiers, at), units)] : [];
}

function graduated(tiers: Tiers, quantity: string): PricePart[] {
  const units = decimal(quantity);
  return tiers.flatMap((tier, at) => {
    const start = exact(below(tiers, at));
    // The flat fee of the first tier is due for nothing too.
    if (at > 0 && !isLess(start, units)) return [];
    const end = tier.upTo === null ? units : least(exact(tier.upTo), units);
    return [tierPart("graduated", tier, below(tiers, at), minus(end, start))];
  });
}

const below = (tiers: Tiers, at: number): number => (at === 0 ? 0 : (tiers[at - 1]?.upTo ?? 0));

const tierPart = (
  mode: "graduated" | "volume",
  { unit, flat, upTo }: Tiers[number],
  start: number,
  units: Exact,
): PricePart => ({
  cost: plus(times(units, decimal(unit)), decimal(flat)),
  shown: {
    kind: "tier",
    mode,
    from: start + 1,
    upTo,
    quantity: decimalText(units),
    unitAmount: unit,
    flatAmount: flat,
  },
});

export const costOf = (parts: readonly PricePart[]): Exact =>
  parts.reduce((sum, { cost }) => plus(sum, cost), exact(0));
