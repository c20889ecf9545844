import { webhooksDeliveredAt } from "../../deliveries/invoice-webhooks";
import { newId } from "../../ids";
import type { Customer, Invoice, InvoiceLine } from "../../tables";
import type { Tx } from "../../transaction";
import { applicationOf } from "../connect/application";
import { discountsFor, itemBehind, ratesFor } from "../discounts/inherit";
import { isOngoing } from "../discounts/read";
import { blankInvoice } from "./blank";
import { customerSnapshot } from "./customer-snapshot";

export { totalUp } from "./total-up";

export type LineGiven = Pick<
  InvoiceLine,
  "amount" | "description" | "period" | "parent" | "pricing" | "quantity"
> & {
  metadata?: Record<string, string>;
  discountable?: boolean;
  /** Where it is not whole. */
  quantity_decimal?: string;
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
  /** Instead of the setting of the subscription. */
  automatic_tax?: boolean;
  default_tax_rates?: Invoice["default_tax_rates"];
}

export function draftInvoice(tx: Tx, given: DraftGiven): Invoice {
  const { customer } = given;
  const id = newId("in");
  const subscription = tx.get("subscriptions", given.parent?.subscription_details?.subscription ?? "");
  const settings = subscription?.invoice_settings;
  tx.emit("invoice.created", "invoices", id);
  return tx.put("invoices", {
    ...blankInvoice,
    id,
    application: applicationOf(tx),
    on_behalf_of: subscription?.on_behalf_of ?? null,
    account_country: tx.settings.account.country,
    account_name: tx.settings.account.name,
    auto_advance: given.auto_advance ?? false,
    automatic_tax: taxOf(given.automatic_tax ?? subscription?.automatic_tax.enabled ?? false),
    automatically_finalizes_at: given.automatically_finalizes_at ?? null,
    billing_reason: given.billing_reason,
    collection_method: given.collection_method ?? "charge_automatically",
    created: tx.now,
    currency: given.currency,
    customer: customer.id,
    ...customerSnapshot(tx, customer),
    default_payment_method: given.default_payment_method ?? null,
    default_tax_rates: given.default_tax_rates ?? ratesFor(subscription),
    custom_fields: settings?.custom_fields ?? null,
    description: given.description ?? settings?.description ?? null,
    discounts: given.discounts ?? discountsFor(tx, customer, subscription),
    due_date: given.due_date ?? null,
    footer: given.footer ?? settings?.footer ?? customer.invoice_settings.footer,
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

/** The status comes with the totals. */
export function taxOf(enabled: boolean): Invoice["automatic_tax"] {
  const liability = enabled ? { type: "self" as const } : null;
  return { disabled_reason: null, enabled, liability, provider: enabled ? "stripe" : null, status: null };
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
    quantity_decimal: given.quantity_decimal ?? given.quantity?.toString() ?? null,
    subscription: given.subscription,
    subtotal: given.amount,
    taxes: [],
  });
}
