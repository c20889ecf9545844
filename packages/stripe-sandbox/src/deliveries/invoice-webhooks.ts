import { newId } from "../ids";
import type { Read, Tx } from "../transaction";
import { destinationsFor } from "./destinations";

const longestWaitSeconds = 72 * 60 * 60;
const created = "invoice.created";

/** Whether an endpoint that refused `invoice.created` still keeps this draft from being finalized. */
export function finalizationWaits(tx: Tx, id: string): boolean {
  const invoice = tx.need("invoices", id);
  if (tx.now >= invoice.created + longestWaitSeconds) return false;
  return tx
    .by("deliveries", "state", "pending")
    .some(({ type, event, attempts }) => type === created && attempts > 0 && invoiceOf(tx, event) === id);
}

/** With nobody to tell, an invoice counts as delivered when it is made. */
export function webhooksDeliveredAt(tx: Tx, nowMs: number): number | null {
  return destinationsFor(tx, { object: "event", type: created }, nowMs).length === 0 ? tx.now : null;
}

/** Every endpoint has acknowledged the draft, or nobody will be asked again. */
export function markInvoiceDelivered(tx: Tx, event: string): void {
  const id = invoiceOf(tx, event);
  const invoice = id ? tx.get("invoices", id) : undefined;
  if (!invoice || invoice.webhooks_delivered_at !== null) return;
  if (tx.by("deliveries", "state", "pending").some((delivery) => delivery.event === event)) return;
  const clock = tx.get("test_clocks", String(invoice.test_clock));
  const now = clock?.frozen_time ?? tx.now;
  tx.patch("invoices", invoice.id, { webhooks_delivered_at: now });
  const planned = invoice.automatically_finalizes_at;
  if (invoice.status === "draft" && planned !== null && planned <= now) finalizeSoon(tx, invoice.id, now);
}

/** It was only waiting for this. */
function finalizeSoon(tx: Tx, id: string, now: number): void {
  for (const timer of tx.by("timers", "subject", id)) {
    if (timer.kind !== "invoice.advance") continue;
    tx.remove("timers", timer.id);
    tx.put("timers", { ...timer, id: newId("tmr"), due: now * 1000 });
  }
}

function invoiceOf(read: Read, event: string): string | undefined {
  const row = read.get("events", event);
  return row?.type === created ? String(row.data.object.id) : undefined;
}
