import { invoicePages } from "../../decisions/addresses";
import { amountDue } from "../../engine/invoice-totals";
import { type ApiError, invalid } from "../../http/errors";
import { newId } from "../../ids";
import type { Invoice } from "../../tables";
import type { Tx } from "../../transaction";
import { paymentTerms } from "../connect/subscription-terms";
import { applyCredits } from "../credit-grants/apply";
import { moveCustomerBalance } from "../customer-balance";
import { useUpDiscounts } from "../discounts/drop";
import { unspent } from "../discounts/inherit";
import { newPaymentIntent } from "../payment-intents/create";
import { refreshUsage } from "../subscriptions/usage-line";
import { taxOfInvoice, taxProblem } from "../tax/location";
import { customerSnapshot } from "./customer-snapshot";
import { totalUp } from "./draft";
import { markPaid } from "./mark-paid";
import { replaceRevised } from "./revise";

const daySeconds = 24 * 60 * 60;

/** Draft to open, or straight to paid when nothing is due. Creates the payment, does not attempt it. */
export function finalizeInvoice(
  tx: Tx,
  id: string,
  given: { autoAdvance?: boolean; daysUntilDue?: number | null; payment?: string } = {},
): Invoice {
  const { status, discounts, customer: customerId, from_invoice: from } = tx.need("invoices", id);
  if (status !== "draft") throw notEditable(tx.need("invoices", id));
  replaceRevised(tx, tx.need("invoices", id));
  const customer = tx.need("customers", customerId ?? "");
  const kept = from ? discounts : unspent(tx, discounts);
  tx.patch("invoices", id, { discounts: kept, ...customerSnapshot(tx, customer) });
  refreshUsage(tx, id);
  const draft = applyCredits(tx, totalUp(tx, id)) ? totalUp(tx, id) : tx.need("invoices", id);
  if (tx.by("invoice_lines", "invoice", id).length === 0 && draft.billing_reason === "manual") {
    throw invalid("You cannot finalize an invoice without line items.", "invoice_no_customer_line_items");
  }
  const problem = draft.automatic_tax.enabled && taxProblem(taxOfInvoice(tx, draft));
  if (problem) throw problem;
  tx.unschedule(id);
  const due = amountDue(draft.total, customer.balance, draft.currency);
  const sequence = customer.next_invoice_sequence ?? 1;
  const number = draft.number ?? `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`;
  tx.patch("customers", customer.id, {
    next_invoice_sequence: sequence + (draft.number ? 0 : 1),
    currency: customer.currency ?? draft.currency,
  });
  const sent = draft.collection_method === "send_invoice";
  tx.patch("invoices", id, {
    status: "open",
    number,
    last_finalization_error: null,
    amount_due: due.amountDue,
    amount_remaining: due.amountDue,
    starting_balance: customer.balance,
    ending_balance: due.endingBalance,
    effective_at: draft.effective_at ?? tx.now,
    automatically_finalizes_at: null,
    next_payment_attempt: null,
    auto_advance: given.autoAdvance ?? draft.auto_advance ?? false,
    due_date: sent ? (draft.due_date ?? tx.now + (given.daysUntilDue ?? 30) * daySeconds) : null,
    ...invoicePages(tx.settings.url, id),
    status_transitions: { ...draft.status_transitions, finalized_at: tx.now },
  });
  useUpDiscounts(tx, id);
  if (due.amountDue > 0) expectPayment(tx, id, given.payment ?? requestPayment(tx, id));
  tx.emit("invoice.finalized", "invoices", id);
  if (sent) {
    tx.emit("invoice.sent", "invoices", id);
    const { due_date: dueDate } = tx.need("invoices", id);
    tx.schedule(Math.max(0, (dueDate ?? tx.now) - tx.now) * 1000, "invoice.due", id);
  }
  if (due.movement) {
    moveCustomerBalance(tx, customer.id, due.endingBalance - customer.balance, {
      type: due.movement,
      currency: draft.currency,
      invoice: id,
    });
  } else if (!customer.currency) {
    tx.emit("customer.updated", "customers", customer.id);
  }
  if (due.amountDue === 0) markPaid(tx, id, { events: ["invoice.paid", "invoice.payment_succeeded"] });
  return tx.need("invoices", id);
}

const descriptions: Record<string, string> = {
  subscription_create: "Subscription creation",
  subscription_update: "Subscription update",
  subscription_cycle: "Subscription update",
};

function requestPayment(tx: Tx, id: string): string {
  const invoice = tx.need("invoices", id);
  const fromSubscription = invoice.parent?.type === "subscription_details";
  return newPaymentIntent(tx, {
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: invoice.customer,
    description: descriptions[invoice.billing_reason ?? ""] ?? `Payment for Invoice ${invoice.number}`,
    receipt_email: null,
    setup_future_usage: fromSubscription ? "off_session" : null,
    statement_descriptor: invoice.statement_descriptor,
    ...paymentTerms(tx, invoice, invoice.amount_remaining),
  }).id;
}

function expectPayment(tx: Tx, id: string, intent: string): void {
  const invoice = tx.need("invoices", id);
  tx.put("invoice_payments", {
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: tx.now,
    currency: invoice.currency,
    invoice: id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

export function notEditable(invoice: Invoice): ApiError {
  return invalid(
    `Invoice ${invoice.id} can no longer be changed: it is ${invoice.status}.`,
    "invoice_not_editable",
  );
}
