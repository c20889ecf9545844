import type pg from "pg";
import Stripe from "stripe";
import { observed, type StripeAnswer } from "./observed";
import { paced, type ReadLimit } from "./pace";

/** The one version every request asks for and every webhook endpoint must be created with. */
export const stripeApiVersion = "2026-10-28.endive";

export interface StripeOptions {
  secretKey: string;
  apiBase?: string;
  maxNetworkRetries?: number;
  /** Acts for this connected account. */
  account?: string;
  pace?: { pool: pg.Pool; limit: ReadLimit };
  onAnswer?: (answer: StripeAnswer) => void;
}

/** `apiBase` points the client at the sandbox; without it, it talks to Stripe. */
export function openStripe(options: StripeOptions): Stripe {
  const { secretKey, apiBase, maxNetworkRetries = 2, account } = options;
  return new Stripe(secretKey, {
    apiVersion: stripeApiVersion,
    maxNetworkRetries,
    timeout: 20_000,
    telemetry: false,
    ...(account ? { stripeAccount: account } : {}),
    ...httpClient(options),
    ...(apiBase ? address(new URL(apiBase)) : {}),
  });
}

function httpClient({ pace, onAnswer }: StripeOptions): { httpClient?: Stripe.HttpClient } {
  if (!pace && !onAnswer) return {};
  const client = pace ? paced(pace.pool, pace.limit) : Stripe.createNodeHttpClient();
  return { httpClient: onAnswer ? observed(client, onAnswer) : client };
}

/** Four fifths of what Stripe allows; what stands in for Stripe has no limit unless one is set. */
export function readLimitOf({ secretKey, apiBase }: Pick<StripeOptions, "secretKey" | "apiBase">) {
  if (apiBase) return null;
  return secretKey.includes("k_live_") ? { account: 80, resource: 20 } : { account: 20, resource: 20 };
}

function address(url: URL) {
  const protocol = url.protocol === "http:" ? "http" : "https";
  return { host: url.hostname, port: url.port || (protocol === "http" ? 80 : 443), protocol } as const;
}
