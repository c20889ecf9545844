import type { WantedPortal } from "./wanted";

export interface PortalTarget {
  /** Ids at Stripe, by lookup key. */
  prices: Map<string, string>;
}

const cancellationReasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;

/** Stripe's own page: what runs on changes at the end of its period, as it does in ours. */
export function portalParams({ headline, cancel, plans }: WantedPortal, { prices }: PortalTarget) {
  const products = plans.map(({ productId, lookupKeys }) => ({
    product: productId,
    prices: lookupKeys.flatMap((key) => prices.get(key) ?? []),
  }));
  return {
    business_profile: { headline },
    features: {
      customer_update: {
        enabled: true,
        allowed_updates: ["name" as const, "address" as const, "tax_id" as const],
      },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: cancel,
        mode: "at_period_end" as const,
        cancellation_reason: { enabled: true, options: [...cancellationReasons] },
      },
      subscription_update:
        products.length > 0
          ? {
              enabled: true,
              default_allowed_updates: ["price" as const],
              proration_behavior: "always_invoice" as const,
              schedule_at_period_end: {
                conditions: [
                  { type: "decreasing_item_amount" as const },
                  { type: "shortening_interval" as const },
                ],
              },
              products,
            }
          : { enabled: false },
    },
    metadata: { farebox_portal: "default" },
  };
}
