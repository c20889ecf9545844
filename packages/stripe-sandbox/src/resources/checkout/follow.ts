import { clockOf } from "../../http/clock-for";
import type { CheckoutOrder, CheckoutSession } from "../../tables";
import type { OpenTx, Tx } from "../../transaction";
import { completeSession } from "./complete";
import { invoiceForPayment } from "./post-purchase";
import { keepMethod, startSubscription } from "./subscribe";

/** Whoever brought an intent to its end (the page, the bank's challenge, a capture): its session follows. */
export function followIntents(tx: OpenTx): void {
  if (!tx.touched("payment_intents") && !tx.touched("setup_intents")) return;
  for (const [table, id, row] of tx.changes())
    if (row !== null && (table === "payment_intents" || table === "setup_intents")) followOrder(tx, id);
}

export function followOrder(tx: Tx, intent: string): void {
  const [order] = tx.by("checkout_orders", "intent", intent);
  const session = order && tx.get("checkout_sessions", order.id);
  if (!order || !session) return;
  const reached = tx.get("payment_intents", intent)?.status ?? tx.need("setup_intents", intent).status;
  if (session.status === "complete" && reached === "succeeded") followCapture(tx, session);
  if (session.status !== "open" || (reached !== "succeeded" && reached !== "requires_capture")) return;
  tx.enter(clockOf(tx, session.id));
  if (session.mode === "subscription") finishSubscription(tx, session, order);
  if (session.mode === "setup") completeSession(tx, session.id, "no_payment_required");
  if (session.mode !== "payment") return;
  if (reached === "succeeded") invoiceForPayment(tx, session, order);
  completeSession(tx, session.id, reached === "succeeded" ? "paid" : "unpaid");
}

function finishSubscription(tx: Tx, session: CheckoutSession, order: CheckoutOrder): void {
  const paid = order.subscription !== null;
  const id = order.subscription ?? startSubscription(tx, order).id;
  if (order.method) keepMethod(tx, id, order.method);
  completeSession(tx, session.id, paid ? "paid" : "no_payment_required");
}

/** An authorized payment is paid when it is captured. No event tells of it. */
function followCapture(tx: Tx, { id, payment_status: status }: CheckoutSession): void {
  if (status === "unpaid") tx.patch("checkout_sessions", id, { payment_status: "paid" });
}
