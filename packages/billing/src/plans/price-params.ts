import Stripe from "stripe";
import type { WantedPrice } from "./price-list";

/** A catalogue price as Stripe is asked to make it. Amounts are before tax. */
export function priceParams(
  wanted: WantedPrice,
  meters: ReadonlyMap<string, string>,
): Stripe.PriceCreateParams {
  const { productId, currency, interval, meter, lookupKey } = wanted;
  return {
    product: productId,
    currency,
    tax_behavior: "exclusive",
    ...amountParams(wanted),
    ...(interval && {
      recurring: {
        interval,
        ...(meter && { usage_type: "metered" as const, meter: meters.get(meter) ?? "" }),
      },
    }),
    lookup_key: lookupKey,
    transfer_lookup_key: true,
  };
}

function amountParams({ unitAmount, tiersMode, tiers, packageSize, packageRound }: WantedPrice) {
  if (tiersMode && tiers) {
    const steps = tiers.map(
      ({ upTo, unit, flat }): Stripe.PriceCreateParams.Tier => ({
        up_to: upTo ?? "inf",
        unit_amount_decimal: Stripe.Decimal.from(unit),
        ...(flat !== "0" && { flat_amount_decimal: Stripe.Decimal.from(flat) }),
      }),
    );
    return { billing_scheme: "tiered" as const, tiers_mode: tiersMode, tiers: steps };
  }
  const package_ =
    packageSize === null
      ? {}
      : { transform_quantity: { divide_by: packageSize, round: packageRound ?? ("up" as const) } };
  return { unit_amount_decimal: Stripe.Decimal.from(unitAmount ?? "0"), ...package_ };
}
