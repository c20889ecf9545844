import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { collectInvoice, noPaymentMethod, paymentMethodFor } from "../invoices/collect";
import { draftInvoice } from "../invoices/draft";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems, sweepItems } from "../invoices/items";
import { checkOwner } from "../payment-intents/confirm";
import { usePaymentMethod } from "../payment-methods/use";
import { cancelTime } from "./cancel";
import { changeItems } from "./change-items";
import { nothingCreated } from "./create";
import { parentFor } from "./first-invoice";
import type { UpdateParams } from "./params";

export function updateSubscription(tx: Tx, id: string, given: UpdateParams): void {
  const subscription = tx.need("subscriptions", id);
  checkState(subscription, given);
  const at = prorationDate(tx, subscription, given);
  const behavior = given.proration_behavior ?? "create_prorations";
  const changed = changeItems(tx, subscription, given, behavior === "none" ? null : at);
  tx.patch("subscriptions", id, {
    ...plainChanges(tx, subscription, given),
    ...(changed && { items: changed }),
  });
  if (given.cancel_at_period_end !== undefined || given.cancel_at !== undefined) rescheduleCancel(tx, id);
  if (changed && behavior === "always_invoice") invoiceNow(tx, id, given, at);
  tx.emit("customer.subscription.updated", "subscriptions", id);
}

function checkState(subscription: Subscription, given: UpdateParams): void {
  const allowed: Record<string, string[]> = {
    canceled: ["metadata", "cancellation_details"],
    incomplete_expired: ["metadata", "cancellation_details"],
    incomplete: ["metadata", "default_payment_method", "default_source", "description"],
  };
  const refused = Object.keys(given).find((key) => !(allowed[subscription.status]?.includes(key) ?? true));
  if (!refused) return;
  const hint = subscription.status === "incomplete" ? "its first invoice has to be paid" : "it has ended";
  throw invalid(
    `${refused} of a subscription with status ${subscription.status} cannot be updated: ${hint}.`,
    undefined,
    refused,
  );
}

function prorationDate(tx: Tx, subscription: Subscription, given: UpdateParams): number {
  const at = given.proration_date;
  if (at === undefined) return tx.now;
  const inside = subscription.items.data.every(
    (item) => at >= item.current_period_start && at <= item.current_period_end,
  );
  if (!inside)
    throw invalid("proration_date must be within the current billing period.", undefined, "proration_date");
  return at;
}

function plainChanges(tx: Tx, subscription: Subscription, given: UpdateParams): Partial<Subscription> {
  const method =
    given.default_payment_method &&
    usePaymentMethod(tx, given.default_payment_method, "default_payment_method").id;
  const { payment_settings: payment, trial_settings: trial, cancellation_details: details } = given;
  const ending = cancelTime(tx, subscription, given);
  return {
    ...ending,
    ...(details && {
      cancellation_details: {
        comment: null,
        feedback: null,
        feedback_option: null,
        reason: null,
        ...subscription.cancellation_details,
        ...ending.cancellation_details,
        ...details,
      },
    }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(subscription.metadata, given.metadata) }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.collection_method && { collection_method: given.collection_method }),
    ...(given.days_until_due !== undefined && { days_until_due: given.days_until_due }),
    ...(method && { default_payment_method: checkOwner(tx, method, subscription.customer) }),
    ...(payment && {
      payment_settings: {
        payment_method_options: null,
        payment_method_types: null,
        save_default_payment_method: "off",
        ...subscription.payment_settings,
        ...payment,
      },
    }),
    ...(trial && {
      trial_settings: {
        end_behavior: {
          billing_cycle_anchor: "now" as const,
          ...subscription.trial_settings?.end_behavior,
          ...trial.end_behavior,
        },
      },
    }),
  };
}

function rescheduleCancel(tx: Tx, id: string): void {
  tx.unschedule(id, "subscription.cancel");
  const { cancel_at: time } = tx.need("subscriptions", id);
  if (time) tx.schedule((time - tx.now) * 1000, "subscription.cancel", id);
}

function invoiceNow(tx: Tx, id: string, given: UpdateParams, at: number): void {
  const subscription = tx.need("subscriptions", id);
  const pending = pendingItems(tx, subscription.customer, id);
  if (pending.length === 0) return;
  const draft = draftInvoice(tx, {
    customer: tx.need("customers", subscription.customer),
    currency: subscription.currency,
    billing_reason: "subscription_update",
    collection_method: subscription.collection_method,
    parent: parentFor(subscription, at),
    auto_advance: true,
  });
  sweepItems(tx, draft.id, pending);
  tx.patch("subscriptions", id, { latest_invoice: draft.id });
  const invoice = finalizeInvoice(tx, draft.id, { daysUntilDue: subscription.days_until_due });
  if (invoice.status !== "open" || invoice.collection_method === "send_invoice") return;
  payChange(tx, subscription, invoice.id, given);
}

/** By default the change stays when its payment fails, and the subscription is past due. */
function payChange(tx: Tx, subscription: Subscription, invoiceId: string, given: UpdateParams): void {
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
