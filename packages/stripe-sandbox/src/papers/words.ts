import { couponOf } from "../resources/discounts/read";
import { dayText, moneyText } from "../resources/subscriptions/wording";
import type { Invoice } from "../tables";
import type { Read, Settings } from "../transaction";

export type Account = Settings["account"];

type Tax = NonNullable<Invoice["total_taxes"]>[number];

export function taxText(read: Read, tax: Tax): string {
  const rate = read.get("tax_rates", tax.tax_rate_details?.tax_rate ?? "");
  const percentage = rate ? ` (${rate.percentage}%${rate.jurisdiction ? ` ${rate.jurisdiction}` : ""})` : "";
  return `${rate?.display_name ?? "Tax"}${percentage}${tax.tax_behavior === "inclusive" ? ", included" : ""}`;
}

export function discountText(read: Read, id: string): string {
  const discount = read.get("discounts", id);
  const coupon = discount && couponOf(read, discount);
  const off = coupon?.percent_off ? ` (${coupon.percent_off}% off)` : "";
  return `${coupon?.name ?? coupon?.id ?? "Discount"}${off}`;
}

export function periodText(start: number, end: number): string {
  return `${dayText(start)} – ${dayText(end)}`;
}

/** Unit prices may be fractions of the smallest unit. */
export function unitText(decimal: string, currency: string): string {
  const amount = Number(decimal);
  if (Number.isInteger(amount)) return moneyText(amount, currency);
  const digits = moneyText(0, currency).split(".")[1]?.length ?? 0;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.min(digits + 12, 20),
  }).format(amount / 10 ** digits);
}

type Address = NonNullable<Invoice["customer_address"]>;

export function addressLines(address: Address | null | undefined): string[] {
  if (!address) return [];
  const { line1, line2, postal_code: zip, city, state, country } = address;
  const place = [zip, city].filter(Boolean).join(" ");
  return [line1, line2, [place, state].filter(Boolean).join(", "), country].filter(
    (line): line is string => typeof line === "string" && line !== "",
  );
}
