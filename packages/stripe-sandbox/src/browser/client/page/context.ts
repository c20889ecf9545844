import type { Api } from "../api";
import { browserLocale } from "../browser-locale";

/** What one `Stripe(key)` call fixes for everything made from it. */
export interface StripeContext {
  api: Api;
  baseUrl: string;
  publishableKey: string;
  stripeAccount: string | undefined;
  locale: string;
}

export function resolveLocale(locale: string | undefined): string {
  return !locale || locale === "auto" ? browserLocale() : locale;
}
