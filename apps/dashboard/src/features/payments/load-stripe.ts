import type { BrowserConfig } from "@farebox/billing";
import type { Stripe } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";

type StripeJs = Pick<BrowserConfig, "publishableKey" | "stripeJsUrl" | "sandbox">;

/** The local stand-in's address; refused unless the API says that this is a sandbox with test keys. */
export function standInUrl({ publishableKey, stripeJsUrl, sandbox }: StripeJs): string | null {
  if (stripeJsUrl === null) return null;
  if (sandbox && publishableKey.startsWith("pk_test_")) return stripeJsUrl;
  throw new Error("a stand-in for Stripe.js is refused outside of the sandbox");
}

export async function openStripe(config: StripeJs): Promise<Stripe> {
  const standIn = standInUrl(config);
  if (standIn) await loadScript(standIn);
  const stripe = await loadStripe(config.publishableKey, { locale: "en" });
  if (!stripe) throw new Error("Stripe.js did not load");
  return stripe;
}

function loadScript(url: string): Promise<void> {
  if (window.Stripe) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error("Stripe.js did not load"));
    };
    document.head.append(script);
  });
}
