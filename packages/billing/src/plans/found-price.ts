import type Stripe from "stripe";
import { idOf } from "../stripe/fields";
import { canonicalDecimal } from "./decimal";
import type { Rate } from "./pricing";
import type { FoundPrice } from "./rules";

/** How much a price of Stripe's costs. Its tiers must have been expanded. */
export function rateOfPrice(price: Stripe.Price): Rate {
  const { unit_amount_decimal: amount, tiers_mode: tiersMode, tiers, transform_quantity: pack } = price;
  return {
    unitAmount: amount === null ? null : canonicalDecimal(String(amount)),
    tiersMode: oneOf(["graduated", "volume"], tiersMode),
    tiers:
      tiers?.map(({ up_to: upTo, unit_amount_decimal: unit, flat_amount_decimal: flat }) => ({
        upTo,
        unit: canonicalDecimal(String(unit ?? 0)),
        flat: canonicalDecimal(String(flat ?? 0)),
      })) ?? null,
    packageSize: pack?.divide_by ?? null,
    packageRound: oneOf(["up", "down"], pack?.round),
  };
}

const oneOf = <Word extends string>(words: readonly Word[], word: string | null | undefined): Word | null =>
  words.find((known) => known === word) ?? null;

/** What the catalogue wrote on a price. Prices of before there were kinds are those of plans. */
export function marksOf({ metadata }: Pick<Stripe.Price, "metadata">) {
  const planId = metadata.farebox_plan ?? null;
  return {
    kind: metadata.farebox_kind ?? (planId ? "base" : null),
    planId,
    catalogId: metadata.farebox_id ?? planId,
    meter: metadata.farebox_meter ?? null,
  };
}

export function foundPrice(price: Stripe.Price, meterOf: (stripeId: string) => string | null): FoundPrice {
  const { kind, planId, catalogId } = marksOf(price);
  const { meter } = price.recurring ?? {};
  return {
    ...rateOfPrice(price),
    id: price.id,
    productId: idOf(price.product) ?? "",
    active: price.active,
    isOurs: kind !== null,
    madeFor: price.metadata.farebox_price ?? "",
    lookupKey: price.lookup_key,
    kind: price.metadata.farebox_kind ?? "",
    planId,
    catalogId: catalogId ?? "",
    meter: meter ? (meterOf(meter) ?? meter) : null,
    interval: price.recurring && price.recurring.interval_count === 1 ? price.recurring.interval : null,
    currency: price.currency,
  };
}
