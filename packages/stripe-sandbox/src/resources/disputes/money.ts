import type { BalanceTransaction, Dispute } from "../../tables";
import type { Tx } from "../../transaction";
import { recordEntry } from "../balance";

/** The price of a dispute is that of the United States; it is not returned when the dispute is won. */
function disputeFee(): number {
  return 1500;
}

export function withdraw(tx: Tx, id: string): void {
  const dispute = tx.need("disputes", id);
  const entry = recordEntry(tx, {
    amount: -dispute.amount,
    currency: dispute.currency,
    fee: disputeFee(),
    feeDescription: "Dispute fee",
    source: id,
    type: "adjustment",
    reportingCategory: "dispute",
    description: `Chargeback withdrawal for ${dispute.charge}`,
    atOnce: true,
  });
  remember(tx, dispute, entry);
}

export function reinstate(tx: Tx, id: string): void {
  const dispute = tx.need("disputes", id);
  const entry = recordEntry(tx, {
    amount: dispute.amount,
    currency: dispute.currency,
    source: id,
    type: "adjustment",
    reportingCategory: "dispute_reversal",
    description: `Chargeback reversal for ${dispute.charge}`,
    atOnce: true,
  });
  remember(tx, dispute, entry);
}

function remember(tx: Tx, dispute: Dispute, entry: BalanceTransaction): void {
  tx.patch("disputes", dispute.id, { balance_transactions: [...dispute.balance_transactions, entry.id] });
}
