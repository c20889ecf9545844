import { decimalText, fromDecimal, rational } from "../../engine/money";
import { invalid } from "../../http/errors";
import type { Price } from "../../tables";
import type { PriceFields } from "./params";

export function exact(integer: number | undefined, text: string | undefined, param: string) {
  if (integer !== undefined && text !== undefined) {
    throw invalid(
      `You may only specify one of these parameters: ${param}, ${param}_decimal.`,
      "parameters_exclusive",
      param,
    );
  }
  if (integer === undefined && text === undefined) return { whole: null, decimal: null };
  const value = text === undefined ? rational(integer ?? 0) : fromDecimal(text);
  return {
    whole: value.num % value.den === 0n ? Number(value.num / value.den) : null,
    decimal: decimalText(value),
  };
}

export function readTiers(given: NonNullable<PriceFields["tiers"]>): NonNullable<Price["tiers"]> {
  if (given.length === 0 || given.at(-1)?.up_to !== null) {
    throw invalid("The last tier must have `up_to` set to `inf`.", undefined, "tiers");
  }
  let below = 0;
  return given.map((tier, at) => {
    if (tier.up_to !== null && tier.up_to <= below)
      throw invalid("Tiers must be in ascending order.", undefined, `tiers[${at}][up_to]`);
    below = tier.up_to ?? below;
    const unit = exact(tier.unit_amount, tier.unit_amount_decimal, "unit_amount");
    const flat = exact(tier.flat_amount, tier.flat_amount_decimal, "flat_amount");
    return {
      flat_amount: flat.whole,
      flat_amount_decimal: flat.decimal,
      unit_amount: unit.whole,
      unit_amount_decimal: unit.decimal,
      up_to: tier.up_to,
    };
  });
}
