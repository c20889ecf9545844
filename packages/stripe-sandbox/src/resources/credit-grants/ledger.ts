import { newId } from "../../ids";
import type { CreditBalanceTransaction, CreditGrant } from "../../tables";
import type { Read, Tx } from "../../transaction";

type Credit = NonNullable<CreditBalanceTransaction["credit"]>;
type Debit = NonNullable<CreditBalanceTransaction["debit"]>;
export type Entry =
  | {
      type: "credit";
      reason: string;
      amount: number;
      effectiveAt?: number;
      undone?: Credit["credits_application_invoice_voided"];
    }
  | { type: "debit"; reason: string; amount: number; applied?: Debit["credits_applied"] };

/** Every change of what a grant is worth is a row; its balance is their sum. */
export function recordCredit(tx: Tx, grant: CreditGrant, entry: Entry): CreditBalanceTransaction {
  const monetary = { currency: grant.amount.monetary?.currency ?? "usd", value: entry.amount };
  const amount = { monetary, type: "monetary" as const };
  const row = tx.put("credit_balance_transactions", {
    id: newId("cbtr"),
    object: "billing.credit_balance_transaction",
    created: tx.now,
    credit:
      entry.type === "credit"
        ? { amount, credits_application_invoice_voided: entry.undone ?? null, type: entry.reason }
        : null,
    credit_grant: grant.id,
    debit:
      entry.type === "debit" ? { amount, credits_applied: entry.applied ?? null, type: entry.reason } : null,
    effective_at: (entry.type === "credit" ? entry.effectiveAt : undefined) ?? tx.now,
    livemode: false,
    test_clock: grant.test_clock,
    type: entry.type,
  });
  tx.emit("billing.credit_balance_transaction.created", "credit_balance_transactions", row.id);
  return row;
}

export function balanceOf(read: Read, grantId: string): number {
  const value = (side: Credit | Debit | null) => side?.amount.monetary?.value ?? 0;
  return read
    .by("credit_balance_transactions", "credit_grant", grantId)
    .reduce((sum, row) => sum + value(row.credit) - value(row.debit), 0);
}

/** Can be spent now. */
export function isUsable(grant: CreditGrant, now: number): boolean {
  const begun = (grant.effective_at ?? 0) <= now;
  return begun && grant.voided_at === null && (grant.expires_at === null || grant.expires_at > now);
}
