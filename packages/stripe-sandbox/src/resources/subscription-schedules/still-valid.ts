import { isRedeemable } from "../../engine/redemption";
import type { SubscriptionSchedule } from "../../tables";
import type { Read } from "../../transaction";
import type { Phase } from "./build-phases";

type Shown = Phase["discounts"][number];

/**
 * A phase as it can be entered now. What was planned may have expired, been archived or taken away since; a phase goes
 * on without it, because nobody is there to be told.
 */
export function stillValid(read: Read, schedule: SubscriptionSchedule, phase: Phase, now: number): Phase {
  const usable = (shown: Shown) => isUsable(read, shown, now);
  const active = <T extends { id: string }>(rates: T[]) =>
    rates.filter((rate) => read.get("tax_rates", rate.id)?.active);
  const own = (id: Phase["default_payment_method"]) =>
    id && read.get("payment_methods", String(id))?.customer === schedule.customer ? id : null;
  return {
    ...phase,
    add_invoice_items: phase.add_invoice_items.map((item) => ({
      ...item,
      discounts: item.discounts.filter(usable),
      tax_rates: active(item.tax_rates ?? []),
    })),
    default_payment_method: own(phase.default_payment_method),
    ...(phase.default_tax_rates && { default_tax_rates: active(phase.default_tax_rates) }),
    discounts: phase.discounts.filter(usable),
    items: phase.items.map((item) => ({
      ...item,
      discounts: item.discounts.filter(usable),
      tax_rates: active(item.tax_rates ?? []),
    })),
  };
}

function isUsable(read: Read, { coupon, discount, promotion_code: code }: Shown, now: number): boolean {
  if (discount) return read.get("discounts", String(discount)) !== undefined;
  const promotion = code ? read.get("promotion_codes", String(code)) : undefined;
  const behind = read.get("coupons", String(promotion?.promotion.coupon ?? coupon));
  return behind !== undefined && isRedeemable(behind, now) && (!code || promotion?.active === true);
}
