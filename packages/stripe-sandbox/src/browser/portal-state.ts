/** What the customer portal shows; its script fetches it, the server makes it. */
export interface PortalState {
  merchant: string;
  /** The connected account whose page it is. */
  account: string | null;
  profile: {
    headline: string | null;
    privacy_policy_url: string | null;
    terms_of_service_url: string | null;
  };
  return_url: string | null;
  flow: FlowState | null;
  next: NextState | null;
  features: {
    customer_update: string[];
    invoice_history: boolean;
    payment_method_update: boolean;
    cancel: { mode: string; asks: boolean; reasons: string[] } | null;
    pause: { type: string; options: { interval: string; interval_count: number }[] } | null;
    update: string[] | null;
  };
  customer: CustomerState;
  tax_ids: { id: string; type: string; value: string; status: string }[];
  tax_id_types: string[];
  subscriptions: SubscriptionState[];
  plans: PlanState[];
  payment_methods: CardState[];
  invoices: InvoiceRow[];
}

export interface FlowState {
  type: string;
  subscription: string | null;
  offer: CouponState | null;
}

/** Where the customer goes once a flow is done. */
export interface NextState {
  type: string;
  url?: string;
  message?: string | null;
}

export interface CouponState {
  name: string;
  percent_off: number | null;
  amount_off: number | null;
  currency: string | null;
  duration: string;
  months: number | null;
}

export interface AddressState {
  line1: string | null;
  line2: string | null;
  city: string | null;
  postal_code: string | null;
  state: string | null;
  country: string | null;
}

export interface CustomerState {
  name: string | null;
  email: string | null;
  phone: string | null;
  address: AddressState | null;
  shipping: { name: string; phone: string | null; address: AddressState } | null;
}

export interface CardState {
  id: string;
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
  default: boolean;
  needed: boolean;
}

export interface Cost {
  product: string;
  name: string;
  amount: number | null;
  interval: string;
  interval_count: number;
  metered: boolean;
}

export interface SubscriptionState {
  id: string;
  status: string;
  currency: string;
  items: (Cost & { id: string; price: string; quantity: number | null })[];
  renews_at: number;
  ends_at: number | null;
  trial_end: number | null;
  resumes_at: number | null;
  discounts: string[];
  payment_method: string | null;
  owes: { amount: number; url: string } | null;
  scheduled: (Cost & { at: number; quantity: number }) | null;
  can: Record<"cancel" | "undo_cancel" | "pause" | "resume" | "update" | "undo_scheduled", boolean>;
}

export interface PlanState {
  product: string;
  name: string;
  description: string | null;
  quantity: { enabled: boolean; minimum: number; maximum: number | null };
  prices: {
    id: string;
    amounts: Record<string, number>;
    interval: string;
    interval_count: number;
    tiered: boolean;
  }[];
}

export interface InvoiceRow {
  id: string;
  number: string | null;
  created: number;
  total: number;
  currency: string;
  status: string;
  url: string | null;
  pdf: string | null;
}

export interface PreviewState {
  regular: { amount: number; currency: string; interval: string; interval_count: number };
  starts_at: number;
  invoice: {
    amount_due: number;
    currency: string;
    total: number;
    starting_balance: number;
    created: number;
    next_payment_attempt: number | null;
    lines: { data: { description: string | null; amount: number }[] };
    total_discount_amounts: { amount: number }[] | null;
    total_taxes: { amount: number; tax_behavior: string }[] | null;
  } | null;
}
