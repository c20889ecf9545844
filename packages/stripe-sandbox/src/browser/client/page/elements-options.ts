import type { Appearance, FontSource } from "../frame-channel";
import { IntegrationError } from "../integration-error";
import type { IntentRef } from "./client-secret";

export interface ElementsOptions {
  clientSecret?: string;
  mode?: "payment" | "subscription" | "setup";
  amount?: number;
  currency?: string;
  setupFutureUsage?: string | null;
  setup_future_usage?: string | null;
  captureMethod?: string;
  capture_method?: string;
  paymentMethodCreation?: "manual";
  customerSessionClientSecret?: string;
  appearance?: Appearance;
  fonts?: FontSource[];
  locale?: string;
}

export function checkElementsOptions(options: ElementsOptions): void {
  const { clientSecret, mode, amount, currency } = options;
  if (clientSecret !== undefined && mode !== undefined) {
    throw new IntegrationError("elements(): give either a clientSecret or a mode, not both.");
  }
  const session = options.customerSessionClientSecret;
  if (session !== undefined && !/^cuss_secret_\w+$/.test(session)) {
    throw new IntegrationError(
      "elements(): customerSessionClientSecret must be the client_secret of a CustomerSession.",
    );
  }
  if (mode === undefined) return;
  if (!["payment", "subscription", "setup"].includes(mode)) {
    throw new IntegrationError(
      `elements(): mode must be payment, subscription or setup. You specified: ${mode}.`,
    );
  }
  if (mode === "setup") return;
  if (!Number.isInteger(amount) || (amount ?? -1) < 0) {
    throw new IntegrationError(`elements(): amount must be a whole number of minor units in mode ${mode}.`);
  }
  if (!/^[a-z]{3}$/.test(currency ?? "")) {
    throw new IntegrationError(
      `elements(): currency must be a three-letter code in lower case in mode ${mode}.`,
    );
  }
}

/** Whether the card can be charged again after this. */
export function isReusable(options: ElementsOptions, intent: IntentRef | undefined): boolean {
  if (options.mode === "subscription" || options.mode === "setup") return true;
  return intent?.kind === "setup_intent" || Boolean(options.setupFutureUsage ?? options.setup_future_usage);
}
