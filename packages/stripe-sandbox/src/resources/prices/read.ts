import { invalid } from "../../http/errors";
import type { Price } from "../../tables";

/** The price as charged in this currency. */
export function priceIn(price: Price, wanted: string): Price {
  if (price.currency === wanted) return price;
  const found = price.currency_options?.[wanted];
  if (!found) {
    throw invalid(
      `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${wanted}\`.`,
      undefined,
      "currency",
    );
  }
  const { tiers, unit_amount, unit_amount_decimal } = found;
  return { ...price, currency: wanted, unit_amount, unit_amount_decimal, ...(tiers && { tiers }) };
}

export function presentPrice(price: Price): Price {
  const { currency_options: _options, tiers: _tiers, ...shown } = price;
  return shown;
}
