/** Stripe's words for why somebody leaves. */
export const cancelReasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "too_complex",
  "low_quality",
  "customer_service",
  "other",
] as const;
