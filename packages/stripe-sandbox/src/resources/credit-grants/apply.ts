import { type CreditableLine, type Grant, useCredits } from "../../engine/credits";
import type { CreditGrant, Invoice, InvoiceLine } from "../../tables";
import type { Read, Tx } from "../../transaction";
import { balanceOf, isUsable, recordCredit } from "./ledger";

/** Pays what was used with the customer's billing credits, once the invoice is final. True when it did. */
export function applyCredits(tx: Tx, invoice: Invoice): boolean {
  const grants = tx
    .by("credit_grants", "customer", invoice.customer)
    .filter((grant) => isUsable(grant, tx.now) && grant.amount.monetary?.currency === invoice.currency);
  if (grants.length === 0) return false;
  const lines = tx.by("invoice_lines", "invoice", invoice.id).flatMap((line) => creditable(tx, line));
  const uses = useCredits(
    lines,
    grants.map((grant) => termsOf(tx, grant)),
  );
  for (const use of uses) {
    recordCredit(tx, tx.need("credit_grants", use.grant), {
      type: "debit",
      reason: "credits_applied",
      amount: use.amount,
      applied: { invoice: invoice.id, invoice_line_item: use.line },
    });
  }
  return uses.length > 0;
}

/** Only prices with a meter qualify. */
function creditable(read: Read, line: InvoiceLine): CreditableLine[] {
  const price = read.get("prices", line.pricing?.price_details?.price ?? "");
  if (price?.recurring?.usage_type !== "metered") return [];
  const off = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return [{ id: line.id, amount: line.amount - off, price: price.id }];
}

function termsOf(read: Read, grant: CreditGrant): Grant {
  const { prices } = grant.applicability_config.scope;
  return {
    id: grant.id,
    balance: balanceOf(read, grant.id),
    priority: grant.priority ?? 50,
    category: grant.category,
    effective: grant.effective_at ?? grant.created,
    expires: grant.expires_at,
    created: grant.created,
    prices: prices ? prices.map((price) => price.id ?? "") : null,
  };
}

export interface AppliedCredit {
  id: string;
  line: string;
  grant: string;
  amount: number;
}

/** What credits already pay of an invoice. */
export function creditsOn(read: Read, invoiceId: string): AppliedCredit[] {
  return read.by("credit_balance_transactions", "debit.credits_applied.invoice", invoiceId).map((row) => ({
    id: row.id,
    line: row.debit?.credits_applied?.invoice_line_item ?? "",
    grant: row.credit_grant,
    amount: row.debit?.amount.monetary?.value ?? 0,
  }));
}

/** A void invoice gives its credits back. */
export function reinstateCredits(tx: Tx, invoiceId: string): void {
  for (const applied of creditsOn(tx, invoiceId)) {
    recordCredit(tx, tx.need("credit_grants", applied.grant), {
      type: "credit",
      reason: "credits_application_invoice_voided",
      amount: applied.amount,
      undone: { invoice: invoiceId, invoice_line_item: applied.line },
    });
  }
}
