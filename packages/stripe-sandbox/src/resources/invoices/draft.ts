import { webhooksDeliveredAt } from "../../deliveries/invoice-webhooks";
import { newId } from "../../ids";
import type { Customer, Invoice, InvoiceLine } from "../../tables";
import type { Tx } from "../../transaction";
import { discountsFor, itemBehind, ratesFor } from "../discounts/inherit";
import { isOngoing } from "../discounts/read";

export { totalUp } from "./total-up";

export type LineGiven = Pick<
  InvoiceLine,
  "amount" | "description" | "period" | "parent" | "pricing" | "quantity"
> & {
  metadata?: Record<string, string>;
  discountable?: boolean;
  /** Instead of those of the subscription item behind the line. */
  discounts?: string[];
  tax_rates?: string[];
  subscription: string | null;
};

export interface DraftGiven {
  customer: Customer;
  currency: string;
  billing_reason: Invoice["billing_reason"];
  collection_method?: string;
  parent?: Invoice["parent"];
  period?: { start: number; end: number };
  auto_advance?: boolean;
  automatically_finalizes_at?: number | null;
  default_payment_method?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  footer?: string | null;
  due_date?: number | null;
  statement_descriptor?: string | null;
  /** Instead of those of the subscription or the customer. */
  discounts?: string[];
  default_tax_rates?: Invoice["default_tax_rates"];
}

const blank = {
  object: "invoice",
  account_tax_ids: null,
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  custom_fields: null,
  customer_account: null,
  customer_tax_ids: [],
  default_source: null,
  effective_at: null,
  ending_balance: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: "self" },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  status: "draft",
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_discount_amounts: [],
  total_excluding_tax: 0,
  total_pretax_credit_amounts: [],
  total_taxes: [],
} satisfies Partial<Invoice>;

export function draftInvoice(tx: Tx, given: DraftGiven): Invoice {
  const { customer } = given;
  const id = newId("in");
  const subscription = tx.get("subscriptions", given.parent?.subscription_details?.subscription ?? "");
  tx.emit("invoice.created", "invoices", id);
  return tx.put("invoices", {
    ...structuredClone(blank),
    id,
    account_country: tx.settings.account.country,
    account_name: tx.settings.account.name,
    auto_advance: given.auto_advance ?? false,
    automatically_finalizes_at: given.automatically_finalizes_at ?? null,
    billing_reason: given.billing_reason,
    collection_method: given.collection_method ?? "charge_automatically",
    created: tx.now,
    currency: given.currency,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: shippingOf(customer),
    customer_tax_exempt: customer.tax_exempt ?? "none",
    default_payment_method: given.default_payment_method ?? null,
    default_tax_rates: given.default_tax_rates ?? ratesFor(subscription),
    description: given.description ?? null,
    discounts: given.discounts ?? discountsFor(tx, customer, subscription),
    due_date: given.due_date ?? null,
    footer: given.footer ?? customer.invoice_settings.footer,
    metadata: given.metadata ?? {},
    parent: given.parent ?? null,
    period_end: given.period?.end ?? tx.now,
    period_start: given.period?.start ?? tx.now,
    starting_balance: customer.balance,
    test_clock: customer.test_clock ?? null,
    statement_descriptor: given.statement_descriptor ?? null,
    webhooks_delivered_at: webhooksDeliveredAt(tx, Date.now()),
  });
}

function shippingOf({ shipping }: Customer): Invoice["customer_shipping"] {
  if (!shipping?.address || !shipping.name) return null;
  return { address: shipping.address, name: shipping.name, phone: shipping.phone ?? null };
}

export function addLine(tx: Tx, invoice: string, given: LineGiven): InvoiceLine {
  const { currency } = tx.need("invoices", invoice);
  const behind = itemBehind(tx, given.parent);
  const ongoing = (behind?.discounts ?? []).filter((id) => isOngoing(tx, id, tx.now));
  const rates = given.tax_rates ?? (behind?.tax_rates ?? []).map((rate) => rate.id);
  const id = newId("il");
  if (rates.length > 0) tx.put("line_rates", { id, rates });
  return tx.put("invoice_lines", {
    id,
    object: "line_item",
    amount: given.amount,
    currency,
    description: given.description,
    discount_amounts: [],
    discountable: given.discountable ?? true,
    discounts: given.discounts ?? (given.discountable === false ? [] : ongoing),
    invoice,
    livemode: false,
    metadata: given.metadata ?? {},
    parent: given.parent,
    period: given.period,
    pretax_credit_amounts: [],
    pricing: given.pricing,
    quantity: given.quantity,
    quantity_decimal: given.quantity === null ? null : String(given.quantity),
    subscription: given.subscription,
    subtotal: given.amount,
    taxes: [],
  });
}
