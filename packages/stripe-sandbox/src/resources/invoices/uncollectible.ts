import { invalid } from "../../http/errors";
import type { Tx } from "../../transaction";
import { followInvoice } from "../subscriptions/follow-invoice";

/** Still payable, but no longer tried. */
export function markUncollectible(
  tx: Tx,
  id: string,
  reason: "user_forgiven" | "max_payment_attempts",
): void {
  const invoice = tx.need("invoices", id);
  if (invoice.status !== "open") {
    throw invalid(
      `Only an open invoice can be marked uncollectible; this one is ${invoice.status}.`,
      "status_transition_invalid",
    );
  }
  tx.patch("invoices", id, {
    status: "uncollectible",
    auto_advance: false,
    next_payment_attempt: null,
    status_details: { uncollectible: { reason } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: tx.now },
  });
  tx.emit("invoice.marked_uncollectible", "invoices", id);
  if (reason === "user_forgiven") followInvoice(tx, id);
}
