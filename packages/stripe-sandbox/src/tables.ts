import type Stripe from "stripe";
import type { CardBehaviourName } from "./card-behaviours";
import type { CheckoutItem, CheckoutOrder, CheckoutSession } from "./checkout-tables";
import { type ConnectTables, connectIndexes } from "./connect-tables";
import { type EventTables, eventIndexes } from "./event-tables";
import { type PortalTables, portalIndexes } from "./portal-tables";
import { type UsageTables, usageIndexes } from "./usage-tables";
import type { Wire } from "./wire";

export type { Buyer, CheckoutItem, CheckoutOrder, CheckoutSession } from "./checkout-tables";
export type {
  Account,
  AccountLinkRow,
  AlertTrigger,
  ApplicationFee,
  BillingAlert,
  Capability,
  FeeRefund,
  Transfer,
  TransferReversal,
} from "./connect-tables";
export type {
  Delivery,
  EventDestination,
  OldSecret,
  StripeEvent,
  ThinEvent,
  WebhookEndpoint,
} from "./event-tables";
export type { PortalConfiguration, PortalSession, TaxId } from "./portal-tables";
export type { Meter, MeterEventRow, MeterReport } from "./usage-tables";

export type Customer = Wire<Stripe.Customer>;
export type Product = Wire<Stripe.Product>;
export type Price = Wire<Stripe.Price>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
export type SetupIntent = Wire<Stripe.SetupIntent>;
export type SetupAttempt = Wire<Stripe.SetupAttempt>;
export type Mandate = Wire<Stripe.Mandate>;
export type PaymentIntent = Wire<Stripe.PaymentIntent>;
export type Charge = Wire<Stripe.Charge>;
export type Refund = Wire<Stripe.Refund>;
export type BalanceTransaction = Wire<Stripe.BalanceTransaction>;
export type CustomerBalanceTransaction = Wire<Stripe.CustomerBalanceTransaction>;
export type Coupon = Wire<Stripe.Coupon>;
export type PromotionCode = Wire<Stripe.PromotionCode>;
export type Discount = Wire<Stripe.Discount>;
export type TaxRate = Wire<Stripe.TaxRate>;
export type CreditNote = Omit<Wire<Stripe.CreditNote>, "lines">;
export type CreditNoteLine = Wire<Stripe.CreditNoteLineItem>;
export type CreditGrant = Wire<Stripe.Billing.CreditGrant>;
export type CreditBalanceTransaction = Wire<Stripe.Billing.CreditBalanceTransaction>;
export type Subscription = Wire<Stripe.Subscription>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type InvoiceItem = Wire<Stripe.InvoiceItem>;
export type InvoicePayment = Wire<Stripe.InvoicePayment>;
export type ConfirmationToken = Wire<Stripe.ConfirmationToken>;
export type SubscriptionSchedule = Wire<Stripe.SubscriptionSchedule>;
export type TestClock = Wire<Stripe.TestHelpers.TestClock>;
/** Its balance transactions live in their own table. */
export type Dispute = Omit<Wire<Stripe.Dispute>, "balance_transactions"> & { balance_transactions: string[] };
export type EarlyFraudWarning = Wire<Stripe.Radar.EarlyFraudWarning>;
export type StripeFile = Wire<Stripe.File>;
export type FileLink = Wire<Stripe.FileLink>;
export type Token = Wire<Stripe.Token>;
export type CustomerSession = Wire<Stripe.CustomerSession> & { id: string };
export type Feature = Wire<Stripe.Entitlements.Feature>;
export type ActiveEntitlement = Wire<Stripe.Entitlements.ActiveEntitlement>;
/** Lines live in their own table; the presenter puts them back. */
export type Invoice = Omit<Wire<Stripe.Invoice>, "lines">;

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
  /** The amount already is what remained after discounts. */
  net?: boolean;
}

export interface Tables extends PortalTables, ConnectTables, EventTables, UsageTables {
  customers: Customer;
  products: Product;
  prices: Price;
  payment_methods: PaymentMethod;
  setup_intents: SetupIntent;
  setup_attempts: SetupAttempt;
  mandates: Mandate;
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
  coupons: Coupon;
  /** Deleted, and still behind discounts that go on. */
  retired_coupons: Coupon;
  promotion_codes: PromotionCode;
  discounts: Discount;
  tax_rates: TaxRate;
  /** The tax rates a line was given; what they come to stands in its `taxes`. */
  line_rates: { id: string; rates: string[]; behavior?: string; code?: string };
  /** The tax rate that automatic tax made for a place. */
  automatic_rates: { id: string; rate: string };
  /** Until when a threshold has billed the usage of an item. */
  usage_marks: { id: string; from: number };
  customer_ips: { id: string; ip: string | null };
  credit_notes: CreditNote;
  credit_grants: CreditGrant;
  credit_balance_transactions: CreditBalanceTransaction;
  credit_note_lines: CreditNoteLine & { credit_note: string };
  confirmation_tokens: ConfirmationToken;
  /** The payment method behind a single-use token. */
  token_methods: { id: string; method: string };
  disputes: Dispute;
  early_fraud_warnings: EarlyFraudWarning;
  files: StripeFile;
  file_contents: { id: string; type: string; base64: string };
  file_links: FileLink;
  tokens: Token;
  customer_sessions: CustomerSession;
  features: Feature;
  product_features: { id: string; product: string; feature: string };
  /** What one subscription grants until its next period: the ids of features. */
  feature_grants: { id: string; customer: string; features: string[] };
  active_entitlements: ActiveEntitlement & { customer: string };
  tombstones: { id: string; object: string; deleted: true };
  cards: CardFacts;
  billed_spans: BilledSpan;
  test_clocks: TestClock;
  subscription_schedules: SubscriptionSchedule;
  checkout_sessions: CheckoutSession;
  checkout_items: CheckoutItem;
  checkout_orders: CheckoutOrder;
  /** What a pending update changes once its invoice is paid. */
  /** The invoice that brings a paused subscription back once it is paid. */
  resumptions: { id: string; invoice: string };
  parked_updates: { id: string; invoice: string; changes: Partial<Subscription>; spans: BilledSpan[] };
  /** `clock` is the time its handler lives in; `queue` says whose time `due` is: "wall" or a test clock. */
  timers: {
    id: string;
    due: number;
    kind: string;
    subject: string;
    clock: string | null;
    queue: string;
    /** The connected account it lives in. */
    account?: string;
  };
  idempotency: { id: string; created: number; fingerprint: string; status: number; body: string };
  settings: { id: string; value: number };
}
export type TableName = keyof Tables;

/** The same for all accounts; every other table is separate for each connected one. */
export const sharedTables: ReadonlySet<TableName> = new Set([
  "accounts",
  "capabilities",
  "account_links",
  "deliveries",
  "settings",
]);

/** Every table, with the fields it can be searched by. */
export const indexes: { [Name in TableName]: string[] } = {
  ...portalIndexes,
  ...connectIndexes,
  ...eventIndexes,
  ...usageIndexes,
  customers: ["test_clock"],
  products: [],
  prices: ["product", "lookup_key"],
  payment_methods: ["customer"],
  setup_intents: ["customer"],
  setup_attempts: ["setup_intent"],
  mandates: [],
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
  coupons: [],
  retired_coupons: [],
  promotion_codes: ["promotion.coupon"],
  discounts: [],
  tax_rates: [],
  line_rates: [],
  automatic_rates: [],
  usage_marks: [],
  customer_ips: [],
  credit_notes: ["invoice", "customer"],
  credit_grants: ["customer"],
  credit_balance_transactions: ["credit_grant", "debit.credits_applied.invoice"],
  credit_note_lines: ["credit_note", "invoice_line_item"],
  confirmation_tokens: [],
  token_methods: [],
  disputes: ["charge", "payment_intent"],
  early_fraud_warnings: ["charge"],
  files: [],
  file_contents: [],
  file_links: ["file"],
  tokens: [],
  customer_sessions: [],
  features: ["lookup_key"],
  product_features: ["product"],
  feature_grants: ["customer"],
  active_entitlements: ["customer"],
  tombstones: [],
  cards: [],
  billed_spans: ["item"],
  test_clocks: [],
  subscription_schedules: ["customer", "subscription"],
  checkout_sessions: ["customer", "payment_intent", "subscription"],
  checkout_items: ["session"],
  checkout_orders: ["intent", "recovery_token"],
  parked_updates: [],
  resumptions: [],
  timers: ["subject", "queue"],
  idempotency: [],
  settings: [],
};
