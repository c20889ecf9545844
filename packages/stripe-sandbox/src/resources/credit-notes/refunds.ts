import { invalid } from "../../http/errors";
import type { CreditNote, Invoice, Refund } from "../../tables";
import type { Tx } from "../../transaction";
import { createRefund } from "../refunds/create";
import type { CreateParams } from "./params";

type Linked = CreditNote["refunds"][number];

/** What an invoice can still be credited by; refunds that no credit note names count as given back. */
export function creditable(tx: Tx, invoice: Invoice, linking: Linked[]): number {
  const issued = tx.by("credit_notes", "invoice", invoice.id).filter((note) => note.status === "issued");
  const credited = issued.reduce((sum, note) => sum + note.amount, 0);
  const unlinked = refundsOf(tx, invoice).reduce(
    (sum, refund) => sum + refund.amount - linkedTo(tx, refund),
    0,
  );
  return invoice.total - credited - unlinked + linking.reduce((sum, link) => sum + link.amount_refunded, 0);
}

/** Refunds that exist and are named. */
export function namedRefunds(tx: Tx, invoice: Invoice, given: CreateParams): Linked[] {
  return (given.refunds ?? []).map((entry, at) => {
    const param = `refunds[${at}]`;
    if (!entry.refund)
      throw invalid("Missing required param: refund.", "parameter_missing", `${param}[refund]`);
    const refund = tx.need("refunds", entry.refund, `${param}[refund]`);
    if (!refundsOf(tx, invoice).some((own) => own.id === refund.id))
      throw invalid(`The refund ${refund.id} is not of this invoice.`, undefined, `${param}[refund]`);
    const free = refund.amount - linkedTo(tx, refund);
    const amount = entry.amount_refunded ?? free;
    if (amount > free)
      throw invalid(
        `The refund ${refund.id} has ${free} left to link.`,
        undefined,
        `${param}[amount_refunded]`,
      );
    return linked(refund.id, amount);
  });
}

/** The refund that is asked for, made now. */
export function madeRefund(tx: Tx, invoice: Invoice, amount: number | undefined): Linked[] {
  return amount ? [linked(refundOf(tx, invoice, amount), amount)] : [];
}

function linked(refund: string, amount: number): Linked {
  return { amount_refunded: amount, payment_record_refund: null, refund, type: "refund" };
}

function refundOf(tx: Tx, invoice: Invoice, amount: number): string {
  const payment = paymentsOf(tx, invoice).find((intent) => {
    const charge = tx.get("charges", tx.get("payment_intents", intent)?.latest_charge ?? "");
    return charge !== undefined && charge.amount_captured - charge.amount_refunded >= amount;
  });
  if (payment) return createRefund(tx, { payment_intent: payment, amount }).id;
  throw invalid(`No payment of this invoice has ${amount} left to refund.`, undefined, "refund_amount");
}

function paymentsOf(tx: Tx, invoice: Invoice): string[] {
  return tx
    .by("invoice_payments", "invoice", invoice.id)
    .flatMap((payment) => (payment.status === "paid" ? (payment.payment.payment_intent ?? []) : []));
}

function refundsOf(tx: Tx, invoice: Invoice): Refund[] {
  const lost = ["failed", "canceled"];
  return paymentsOf(tx, invoice)
    .flatMap((intent) => tx.by("refunds", "payment_intent", intent))
    .filter((refund) => !lost.includes(refund.status ?? ""));
}

function linkedTo(tx: Tx, refund: Refund): number {
  const charge = tx.get("charges", refund.charge ?? "");
  return tx
    .by("credit_notes", "customer", charge?.customer)
    .filter((note) => note.status === "issued")
    .flatMap((note) => note.refunds)
    .reduce((sum, link) => sum + (link.refund === refund.id ? link.amount_refunded : 0), 0);
}
