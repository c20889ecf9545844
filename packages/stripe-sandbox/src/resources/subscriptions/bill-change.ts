import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { collectInvoice, noPaymentMethod, paymentMethodFor } from "../invoices/collect";
import { finalizeInvoice } from "../invoices/finalize";
import { finalizeByItself } from "../invoices/finalize-or-tell";
import { pendingItems } from "../invoices/items";
import { billSubscription } from "./bill";
import type { PlanEffect } from "./change-plan";
import { nothingCreated } from "./create";
import type { UpdateParams } from "./params";
import { waitingItems } from "./renew";

type Given = Pick<UpdateParams, "proration_behavior" | "payment_behavior" | "off_session">;

/** A new period is billed at once; other changes only when asked to. Answers the invoice, if one was made. */
export function billChange(
  tx: Tx,
  id: string,
  given: Given,
  { at, effect, bySchedule }: { at: number; effect: PlanEffect; bySchedule: boolean },
): string | undefined {
  const subscription = tx.need("subscriptions", id);
  const startsAnew = effect === "new_period";
  if (!startsAnew && given.proration_behavior !== "always_invoice") return undefined;
  const pending = startsAnew ? waitingItems(tx, subscription) : pendingItems(tx, subscription.customer, id);
  if (effect === "none" || (!startsAnew && pending.length === 0)) return undefined;
  const draft = billSubscription(tx, subscription, {
    reason: "subscription_update",
    pending,
    items: startsAnew ? subscription.items.data : [],
    autoAdvance: given.payment_behavior !== "pending_if_incomplete",
    prorationDate: at,
  });
  const terms = { daysUntilDue: subscription.days_until_due };
  const invoice = bySchedule ? finalizeByItself(tx, draft.id, terms) : finalizeInvoice(tx, draft.id, terms);
  if (invoice?.status === "open" && invoice.collection_method !== "send_invoice")
    payChange(tx, subscription, invoice.id, given);
  return draft.id;
}

/** By default the change stays when its payment fails, and the subscription is past due. */
function payChange(tx: Tx, subscription: Subscription, invoiceId: string, given: Given): void {
  const method = paymentMethodFor(tx, tx.need("invoices", invoiceId));
  const strict = given.payment_behavior === "error_if_incomplete";
  if (given.payment_behavior === "default_incomplete" || !method) {
    if (strict) throw noPaymentMethod();
    tx.patch("invoices", invoiceId, { auto_advance: false });
    tx.patch("subscriptions", subscription.id, { status: "past_due" });
    return;
  }
  const result = collectInvoice(tx, invoiceId, method, {
    offSession: given.off_session ?? false,
    errorOnAction: strict,
  });
  if (strict && result !== "succeeded") throw nothingCreated(tx, invoiceId);
}
