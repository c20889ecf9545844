import type { Price } from "../../tables";

const withoutDecimals = new Set([
  "bif",
  "clp",
  "djf",
  "gnf",
  "jpy",
  "kmf",
  "krw",
  "mga",
  "pyg",
  "rwf",
  "ugx",
  "vnd",
  "vuv",
  "xaf",
  "xof",
  "xpf",
]);
const withThreeDecimals = new Set(["bhd", "jod", "kwd", "omr", "tnd"]);

/** Building one takes longer than everything else a request needs. */
const formats = new Map<string, Intl.NumberFormat>();
const days = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

export function moneyText(amount: number, currency: string): string {
  const digits = withoutDecimals.has(currency) ? 0 : withThreeDecimals.has(currency) ? 3 : 2;
  const fractions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format =
    formats.get(currency) ?? new Intl.NumberFormat("en-US", { style: "currency", currency, ...fractions });
  formats.set(currency, format);
  return format.format(amount / 10 ** digits);
}

export function lineText(product: string, quantity: number, price: Price): string {
  const { interval = "month", interval_count: count = 1 } = price.recurring ?? {};
  const every = count === 1 ? interval : `every ${count} ${interval}s`;
  if (price.tiers_mode) return `${quantity} × ${product} (Tier pricing / ${every})`;
  const unit = price.unit_amount ?? Number(price.unit_amount_decimal ?? 0);
  return `${quantity} × ${product} (at ${moneyText(unit, price.currency)} / ${every})`;
}

export function counted(product: string, quantity: number): string {
  return quantity === 1 ? product : `${quantity} × ${product}`;
}

export function dayText(seconds: number): string {
  return days.format(seconds * 1000);
}
