import { invalid } from "../../http/errors";
import type { Tx } from "../../transaction";
import { balanceOf, recordCredit } from "./ledger";

/** What is left is gone. */
export function expireGrant(tx: Tx, id: string): void {
  const grant = tx.need("credit_grants", id);
  if (grant.voided_at !== null)
    throw invalid("A void credit grant cannot expire.", "status_transition_invalid");
  tx.unschedule(id, "credit_grant.expire");
  const left = balanceOf(tx, id);
  if (left > 0) recordCredit(tx, grant, { type: "debit", reason: "credits_expired", amount: left });
  tx.patch("credit_grants", id, { expires_at: tx.now, updated: tx.now });
  tx.emit("billing.credit_grant.updated", "credit_grants", id);
}

export function voidGrant(tx: Tx, id: string): void {
  const grant = tx.need("credit_grants", id);
  const left = balanceOf(tx, id);
  if (grant.voided_at !== null || !mayBeVoided(left, grant.amount.monetary?.value ?? 0))
    throw invalid("Only a credit grant that was not used can be voided.", "status_transition_invalid");
  tx.unschedule(id, "credit_grant.expire");
  recordCredit(tx, grant, { type: "debit", reason: "credits_voided", amount: left });
  tx.patch("credit_grants", id, { voided_at: tx.now, updated: tx.now });
  tx.emit("billing.credit_grant.updated", "credit_grants", id);
}

/** Whether Stripe lets a partly used grant be voided is not documented. */
function mayBeVoided(left: number, granted: number): boolean {
  return left === granted;
}
