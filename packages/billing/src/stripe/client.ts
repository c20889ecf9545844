import Stripe from "stripe";

/** The one version every request asks for and every webhook endpoint must be created with. */
export const stripeApiVersion = "2026-10-28.endive";

export interface StripeOptions {
  secretKey: string;
  apiBase?: string;
  maxNetworkRetries?: number;
}

/** `apiBase` points the client at the sandbox; without it, it talks to Stripe. */
export function openStripe({ secretKey, apiBase, maxNetworkRetries = 2 }: StripeOptions): Stripe {
  return new Stripe(secretKey, {
    apiVersion: stripeApiVersion,
    maxNetworkRetries,
    timeout: 20_000,
    telemetry: false,
    ...(apiBase ? address(new URL(apiBase)) : {}),
  });
}

function address(url: URL) {
  const protocol = url.protocol === "http:" ? "http" : "https";
  return { host: url.hostname, port: url.port || (protocol === "http" ? 80 : 443), protocol } as const;
}
