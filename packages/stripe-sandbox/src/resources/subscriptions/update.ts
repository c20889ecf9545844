import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { changeSubscriptionTerms } from "../connect/subscription-terms";
import { grantToSubscription } from "../discounts/grant";
import { checkOwner } from "../payment-intents/confirm";
import { usePaymentMethod } from "../payment-methods/use";
import { reflectDirectChange } from "../subscription-schedules/reflect";
import { checkAutomaticTax } from "../tax/location";
import { putInvoiceItems } from "./add-invoice-items";
import { billChange } from "./bill-change";
import { cancelTime } from "./cancel";
import { settlePrices } from "./change-items";
import { changePlan } from "./change-plan";
import { changedDue } from "./due";
import { fitPeriods } from "./fit-periods";
import type { UpdateGiven } from "./params";
import { pendingIntervalOf } from "./pending-interval";
import { checkParkable, expireUpdate, parkUnlessPaid, snapshotOf } from "./pending-update";
import { announceTrialEnd, planTurn } from "./plan";
import { changedSettings, taxSettingOf, thresholdsOf } from "./settings";

export function updateSubscription(tx: Tx, id: string, asked: UpdateGiven, bySchedule = false): void {
  checkState(tx.need("subscriptions", id), asked);
  if (!bySchedule) checkAutomaticTax(tx.need("customers", tx.need("subscriptions", id).customer), asked);
  const given = settlePrices(tx, asked);
  if (!bySchedule) refuseDirectEnding(tx.need("subscriptions", id), given);
  if (given.payment_behavior === "pending_if_incomplete") checkParkable(given);
  if (given.items || given.trial_end !== undefined || given.billing_cycle_anchor) expireUpdate(tx, id);
  const before = snapshotOf(tx, id);
  const granted = grantToSubscription(tx, id, given);
  const at = prorationDate(tx, granted, given);
  putInvoiceItems(tx, granted, given.add_invoice_items);
  const effect = changePlan(tx, id, given, at);
  tx.patch("subscriptions", id, plainChanges(tx, tx.need("subscriptions", id), given));
  if (given.cancel_at_period_end !== undefined || given.cancel_at !== undefined) fitPeriods(tx, id, given);
  if (given.trial_end !== undefined) announceTrialEnd(tx, id);
  const billed = billChange(tx, id, given, { at, effect, bySchedule });
  if (billed && given.payment_behavior === "pending_if_incomplete") parkUnlessPaid(tx, before, billed);
  planTurn(tx, id);
  tx.emit("customer.subscription.updated", "subscriptions", id);
  if (!bySchedule) reflectDirectChange(tx, id);
}

function checkState(subscription: Subscription, given: UpdateGiven): void {
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

/**
 * When a scheduled subscription ends is up to its schedule: that is what Stripe answers to
 * `cancel_at` and `cancel_at_period_end`, though its reference does not say so.
 */
function refuseDirectEnding({ schedule }: Subscription, given: UpdateGiven): void {
  if (!schedule || (given.cancel_at === undefined && given.cancel_at_period_end === undefined)) return;
  throw invalid(
    `The subscription is managed by the subscription schedule \`${schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
    undefined,
    given.cancel_at === undefined ? "cancel_at_period_end" : "cancel_at",
  );
}

function prorationDate(tx: Tx, subscription: Subscription, given: UpdateGiven): number {
  const at = given.proration_date;
  if (at === undefined) return tx.now;
  const inside = subscription.items.data.every(
    (item) => at >= item.current_period_start && at <= item.current_period_end,
  );
  if (!inside)
    throw invalid("proration_date must be within the current billing period.", undefined, "proration_date");
  return at;
}

function plainChanges(tx: Tx, subscription: Subscription, given: UpdateGiven): Partial<Subscription> {
  const method =
    given.default_payment_method &&
    usePaymentMethod(tx, given.default_payment_method, "default_payment_method").id;
  const { payment_settings: payment, trial_settings: trial, cancellation_details: details } = given;
  const ending = cancelTime(tx, subscription, given);
  return {
    ...ending,
    ...changeSubscriptionTerms(tx, subscription, given),
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
    ...(given.automatic_tax && { automatic_tax: taxSettingOf(given.automatic_tax.enabled) }),
    ...(given.billing_thresholds !== undefined && {
      billing_thresholds: thresholdsOf(given.billing_thresholds),
    }),
    ...(given.invoice_settings && {
      invoice_settings: changedSettings(subscription.invoice_settings, given.invoice_settings),
    }),
    ...(given.pending_invoice_item_interval !== undefined &&
      pendingIntervalOf(tx, subscription, given.pending_invoice_item_interval)),
    ...changedDue(subscription, given),
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
    ...(given.pause_collection !== undefined && {
      pause_collection: given.pause_collection && {
        behavior: given.pause_collection.behavior,
        resumes_at: given.pause_collection.resumes_at ?? null,
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
