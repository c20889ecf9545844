import { canonicalDecimal } from "./decimal";
import type { Amounts, Currency, Rate, Tier, UnitPricing } from "./pricing";

const nothing: Rate = {
  unitAmount: null,
  tiersMode: null,
  tiers: null,
  packageSize: null,
  packageRound: null,
};

export const fixedRate = (amounts: Amounts, currency: Currency): Rate => ({
  ...nothing,
  unitAmount: canonicalDecimal(amounts[currency]),
});

/** Units that are included cost nothing: at Stripe they are a first tier. */
export function rateOf(pricing: UnitPricing, currency: Currency, included = 0): Rate {
  if ("package" in pricing) {
    const { size, round = "up", amounts } = pricing.package;
    return { ...fixedRate(amounts, currency), packageSize: size, packageRound: round };
  }
  if ("unit" in pricing) {
    const unit = canonicalDecimal(pricing.unit[currency]);
    if (included === 0) return { ...nothing, unitAmount: unit };
    const tiers = [
      { upTo: included, unit: "0", flat: "0" },
      { upTo: null, unit, flat: "0" },
    ];
    return { ...nothing, tiersMode: "graduated", tiers };
  }
  const tiersMode = "graduated" in pricing ? "graduated" : "volume";
  const tiers = "graduated" in pricing ? pricing.graduated : pricing.volume;
  return { ...nothing, tiersMode, tiers: tiers.map((tier) => rateTier(tier, currency)) };
}

const rateTier = ({ upTo, unit, flat }: Tier, currency: Currency) => ({
  upTo: upTo === "inf" ? null : upTo,
  unit: canonicalDecimal(unit?.[currency] ?? 0),
  flat: canonicalDecimal(flat?.[currency] ?? 0),
});
