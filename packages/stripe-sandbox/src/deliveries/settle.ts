import type { Tx } from "../transaction";
import { markInvoiceDelivered } from "./invoice-webhooks";

/** What became of an attempt: acknowledged, to be tried again, or given up. */
export function settleDelivery(
  tx: Tx,
  id: string,
  { status, error }: { status: number | null; error: string | null },
  retryDelaysMs: number[],
): void {
  const current = tx.get("deliveries", id);
  if (!current) return;
  const attempts = current.attempts + 1;
  if (error === null) {
    tx.remove("deliveries", id);
    if (!current.extra) countDown(tx, current.event);
    return;
  }
  const delay = retryDelaysMs[attempts - 1];
  const isOver = delay === undefined && current.state === "pending";
  tx.patch("deliveries", id, {
    attempts,
    nextAttemptAt: Date.now() + (delay ?? 0),
    lastStatus: status,
    lastError: error,
    ...(isOver && { state: "failed", lane: null }),
  });
  if (isOver) markInvoiceDelivered(tx, current.event);
}

function countDown(tx: Tx, id: string): void {
  const event = tx.get("events", id);
  if (!event) return;
  tx.patch("events", id, { pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
  markInvoiceDelivered(tx, id);
}

/** A disabled or deleted endpoint gets nothing more, not even what was to be tried again. */
export function stopDeliveries(tx: Tx, endpoint: string): void {
  const waiting = [...tx.by("deliveries", "lane", endpoint), ...tx.by("deliveries", "state", "held")];
  for (const delivery of waiting) {
    if (delivery.endpoint !== endpoint) continue;
    tx.patch("deliveries", delivery.id, {
      state: "failed",
      lane: null,
      lastError: "The endpoint was deleted or disabled",
    });
    tx.within(delivery.account ?? null, () => markInvoiceDelivered(tx, delivery.event));
  }
}
