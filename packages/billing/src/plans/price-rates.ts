import type { Price } from "../db/generated/client";
import { minorUnits } from "../money";
import type { Rate, RateTier } from "./pricing";

type PriceRow = Pick<
  Price,
  "unitAmount" | "unitAmountDecimal" | "tiersMode" | "tiers" | "packageSize" | "packageRound"
>;

/** What a select must ask for, so that `rateOfRow` can tell what a price costs. */
export const rateColumns = {
  unitAmount: true,
  unitAmountDecimal: true,
  tiersMode: true,
  tiers: true,
  packageSize: true,
  packageRound: true,
} as const;

/** How much a mirrored price costs. */
export const rateOfRow = (price: PriceRow): Rate => ({
  unitAmount: price.unitAmountDecimal ?? price.unitAmount?.toString() ?? null,
  tiersMode: price.tiersMode === "graduated" || price.tiersMode === "volume" ? price.tiersMode : null,
  tiers: price.tiers as RateTier[] | null,
  packageSize: price.packageSize === null ? null : minorUnits(price.packageSize),
  packageRound: price.packageRound === "down" ? "down" : price.packageRound === "up" ? "up" : null,
});
