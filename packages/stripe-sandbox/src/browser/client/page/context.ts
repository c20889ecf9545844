import type { Api } from "../api";

/** What one `Stripe(key)` call fixes for everything made from it. */
export interface StripeContext {
  api: Api;
  baseUrl: string;
  publishableKey: string;
  stripeAccount: string | undefined;
  locale: string;
}

export function resolveLocale(locale: string | undefined): string {
  return !locale || locale === "auto" ? navigator.language : locale;
}
