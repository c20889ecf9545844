import type { BrowserConfig } from "@farebox/billing";
import { useQuery } from "@tanstack/react-query";
import { openStripe } from "./load-stripe";

export const useStripeJs = (config: BrowserConfig) =>
  useQuery({
    queryKey: ["stripe.js", config.publishableKey],
    queryFn: () => openStripe(config),
    staleTime: Number.POSITIVE_INFINITY,
  });
