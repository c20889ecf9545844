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
  card?: { brand: string; last4: string } | null;
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
