import type { Invoice } from "../../tables";
import type { Tx } from "../../transaction";

/** From now on nothing happens to these by itself; whoever wants to be paid must ask. */
export function stopCollecting(tx: Tx, invoices: Invoice[]): void {
  for (const { id, status, auto_advance: advances, next_payment_attempt: next } of invoices) {
    if (status !== "open" && status !== "draft") continue;
    tx.unschedule(id, "invoice.advance");
    tx.unschedule(id, "invoice.retry");
    if (!advances && next === null) continue;
    tx.patch("invoices", id, {
      auto_advance: false,
      automatically_finalizes_at: null,
      next_payment_attempt: null,
    });
    tx.emit("invoice.updated", "invoices", id);
  }
}
