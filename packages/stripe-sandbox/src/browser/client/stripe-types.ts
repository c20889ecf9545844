import type { SavedMethod } from "./frame-channel";

export interface StripeError {
  type: string;
  code?: string;
  decline_code?: string;
  message?: string;
  param?: string;
  payment_intent?: Intent;
  setup_intent?: Intent;
  [field: string]: unknown;
}

export interface NextAction {
  type: string;
  use_stripe_sdk?: { type?: string; sandbox_url?: string };
  redirect_to_url?: { url: string | null; return_url: string | null };
}

export interface Intent {
  id: string;
  object: string;
  status: string;
  client_secret: string | null;
  next_action: NextAction | null;
  last_payment_error?: StripeError | null;
  last_setup_error?: StripeError | null;
  [field: string]: unknown;
}

export type IntentKind = "payment_intent" | "setup_intent";

export interface StripeObject {
  id: string;
  object: string;
  [field: string]: unknown;
}

/** What the private session endpoint says about the intent behind a client secret. */
export interface ElementsSession {
  type?: string;
  amount?: number | null;
  currency?: string | null;
  status?: string;
  payment_method_types?: string[];
  merchant?: string;
  capture_method?: string | null;
  setup_future_usage?: string | null;
  customer?: SessionCustomer;
  card?: { brand: string; last4: string } | null;
}

export interface SessionCustomer {
  id: string;
  /** Null when the session is not for this form. */
  features: {
    payment_method_remove: string;
    payment_method_save: string;
    payment_method_save_usage: string | null;
  } | null;
  payment_methods: SavedMethod[];
}

export type Address = {
  country?: string | null;
  postal_code?: string | null;
  state?: string | null;
  city?: string | null;
  line1?: string | null;
  line2?: string | null;
};

export type BillingDetails = {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  address?: Address | null;
};
