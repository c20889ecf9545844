import type Stripe from "stripe";
import type { CardBehaviourName } from "./cards";
import type { Wire } from "./wire";

export type Customer = Wire<Stripe.Customer>;
export type Product = Wire<Stripe.Product>;
export type Price = Wire<Stripe.Price>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
export type SetupIntent = Wire<Stripe.SetupIntent>;
export type SetupAttempt = Wire<Stripe.SetupAttempt>;
export type PaymentIntent = Wire<Stripe.PaymentIntent>;
export type Charge = Wire<Stripe.Charge>;
export type Refund = Wire<Stripe.Refund>;
export type BalanceTransaction = Wire<Stripe.BalanceTransaction>;
export type CustomerBalanceTransaction = Wire<Stripe.CustomerBalanceTransaction>;
export type Subscription = Wire<Stripe.Subscription>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type InvoiceItem = Wire<Stripe.InvoiceItem>;
export type InvoicePayment = Wire<Stripe.InvoicePayment>;
export type ConfirmationToken = Wire<Stripe.ConfirmationToken>;
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>;
/** Lines live in their own table; the presenter puts them back. */
export type Invoice = Omit<Wire<Stripe.Invoice>, "lines">;

export interface StripeEvent {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** What the sandbox knows about a card beyond what Stripe shows; never its number. */
export interface CardFacts {
  id: string;
  behaviour: CardBehaviourName;
  setUp: boolean;
  detached: boolean;
}

/** A stretch of time a subscription item has really been billed for, until it is credited. */
export interface BilledSpan {
  id: string;
  item: string;
  amount: number;
  start: number;
  end: number;
  invoice: string | null;
  source: string;
}

export interface Delivery {
  id: string;
  event: string;
  endpoint: string;
  type: string;
  created: number;
  state: "pending" | "held" | "failed";
  attempts: number;
  nextAttemptAt: number;
  lastStatus: number | null;
  lastError: string | null;
}

export interface Tables {
  customers: Customer;
  products: Product;
  prices: Price;
  payment_methods: PaymentMethod;
  setup_intents: SetupIntent;
  setup_attempts: SetupAttempt;
  payment_intents: PaymentIntent;
  charges: Charge;
  refunds: Refund;
  balance_transactions: BalanceTransaction;
  customer_balance_transactions: CustomerBalanceTransaction;
  subscriptions: Subscription;
  invoices: Invoice;
  invoice_lines: InvoiceLine;
  invoice_items: InvoiceItem;
  invoice_payments: InvoicePayment;
  webhook_endpoints: WebhookEndpoint;
  events: StripeEvent;
  confirmation_tokens: ConfirmationToken;
  /** The payment method behind a single-use token. */
  token_methods: { id: string; method: string };
  tombstones: { id: string; object: string; deleted: true };
  cards: CardFacts;
  billed_spans: BilledSpan;
  timers: { id: string; due: number; kind: string; subject: string };
  deliveries: Delivery;
  listeners: { id: string; url: string; secret: string; enabledEvents: string[] };
  idempotency: { id: string; created: number; fingerprint: string; status: number; body: string };
  settings: { id: string; value: number };
}
export type TableName = keyof Tables;

/** Every table, with the fields it can be searched by. */
export const indexes: { [Name in TableName]: string[] } = {
  customers: [],
  products: [],
  prices: ["product", "lookup_key"],
  payment_methods: ["customer"],
  setup_intents: ["customer"],
  setup_attempts: ["setup_intent"],
  payment_intents: ["customer"],
  charges: ["customer", "payment_intent"],
  refunds: ["charge", "payment_intent"],
  balance_transactions: ["source"],
  customer_balance_transactions: ["customer"],
  subscriptions: ["customer", "pending_setup_intent"],
  invoices: ["customer", "parent.subscription_details.subscription"],
  invoice_lines: ["invoice"],
  invoice_items: ["customer", "invoice"],
  invoice_payments: ["invoice", "payment.payment_intent"],
  webhook_endpoints: [],
  events: [],
  confirmation_tokens: [],
  token_methods: [],
  tombstones: [],
  cards: [],
  billed_spans: ["item"],
  timers: ["subject"],
  deliveries: ["state"],
  listeners: [],
  idempotency: [],
  settings: [],
};
