import { mixesCurrencies } from "../../decisions/currencies";
import { invalid } from "../../http/errors";
import type { Customer, Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { grantToSubscription } from "../discounts/grant";
import { collectInvoice, methodOfSubscription, noPaymentMethod, paymentMethodFor } from "../invoices/collect";
import { finalizeInvoice } from "../invoices/finalize";
import { paymentIntentOf } from "../invoices/payment-of";
import { paymentFailed } from "../payment-intents/attempt";
import { newSetupIntent } from "../setup-intents/create";
import { checkAutomaticTax } from "../tax/location";
import { checkSubscriptionRoom } from "../test-clocks/room";
import { putInvoiceItems } from "./add-invoice-items";
import { billSubscription } from "./bill";
import { insertSubscription } from "./insert";
import { checkTogether, chosenPrice, currencyFor, isMetered } from "./items";
import type { CreateParams } from "./params";
import { announceTrialEnd, planTurn } from "./plan";

const hourMs = 60 * 60 * 1000;
const mostSubscriptions = 500;

export function createSubscription(tx: Tx, given: CreateParams): Subscription {
  if (!given.customer) throw invalid("Missing required param: customer.", "parameter_missing", "customer");
  const customer = tx.need("customers", given.customer, "customer");
  if (!given.items || given.items.length === 0)
    throw invalid("Missing required param: items.", "parameter_missing", "items");
  const prices = given.items.map((item, at) => chosenPrice(tx, item, `items[${at}]`));
  checkTogether(prices, given.billing_mode?.type ?? "flexible");
  const currency = currencyFor(customer, prices, given.currency);
  checkCustomer(tx, customer, currency);
  checkAutomaticTax(customer, given);
  const { id } = insertSubscription(tx, customer, prices, currency, given);
  tx.emit("customer.subscription.created", "subscriptions", id);
  const subscription = grantToSubscription(tx, id, given, true);
  bill(tx, subscription, given);
  startTimers(tx, subscription.id);
  return tx.need("subscriptions", subscription.id);
}

function checkCustomer(tx: Tx, customer: Customer, currency: string): void {
  checkSubscriptionRoom(tx, customer);
  const live = tx
    .by("subscriptions", "customer", customer.id)
    .filter(
      (subscription) => !["canceled", "incomplete_expired", "incomplete"].includes(subscription.status),
    );
  if (live.length >= mostSubscriptions) {
    throw invalid(
      `Customer ${customer.id} already has the maximum ${mostSubscriptions} current subscriptions.`,
      "customer_max_subscriptions",
      "customer",
    );
  }
  if (mixesCurrencies(live, currency)) {
    throw invalid(
      `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${customer.currency}.`,
      undefined,
      "currency",
    );
  }
}

function bill(tx: Tx, subscription: Subscription, given: CreateParams): void {
  const free =
    (given.billing_cycle_anchor ?? given.billing_cycle_anchor_config) !== undefined &&
    given.proration_behavior === "none" &&
    !subscription.trial_end;
  const usageOnly = subscription.items.data.every(({ price }) => isMetered(price));
  const pending = putInvoiceItems(tx, subscription, given.add_invoice_items);
  const silent = free || (usageOnly && omitsUnused(subscription));
  if (silent && pending.length === 0) {
    if (!subscription.trial_end) tx.patch("subscriptions", subscription.id, { status: "active" });
    if (usageOnly && given.payment_behavior === "default_incomplete") askForCard(tx, subscription);
    return;
  }
  const sends = subscription.collection_method === "send_invoice";
  const draft = billSubscription(tx, subscription, {
    reason: "subscription_create",
    items: free ? [] : subscription.items.data,
    usage: omitsUnused(subscription) ? [] : subscription.items.data.flatMap(notUsedYet),
    elapsed: given.backdate_start_date !== undefined && given.proration_behavior !== "none",
    pending,
    waits: sends && subscription.status !== "trialing",
  });
  if (draft.auto_advance) return;
  const behavior = given.payment_behavior ?? "allow_incomplete";
  const invoice = finalizeInvoice(tx, draft.id, {
    autoAdvance: behavior !== "default_incomplete",
    daysUntilDue: subscription.days_until_due,
  });
  if (invoice.status === "paid") {
    if (behavior === "default_incomplete") askForCard(tx, subscription);
    return;
  }
  if (behavior === "default_incomplete" || subscription.collection_method === "send_invoice") return;
  const method = paymentMethodFor(tx, invoice);
  if (!method) throw noPaymentMethod();
  const strict = behavior === "error_if_incomplete";
  const result = collectInvoice(tx, invoice.id, method, {
    offSession: given.off_session ?? false,
    errorOnAction: strict,
  });
  if (strict && result !== "succeeded") throw nothingCreated(tx, invoice.id);
}

/** Classic billing says of what is metered that nothing was used yet; flexible billing does not. */
function omitsUnused({ billing_mode: mode, status }: Subscription): boolean {
  return mode.type !== "classic" || status === "trialing";
}

function notUsedYet(item: SubscriptionItem): SubscriptionItem[] {
  return isMetered(item.price) ? [{ ...item, current_period_end: item.current_period_start }] : [];
}

/** `error_if_incomplete`: the decline is told, and with it everything is undone. */
export function nothingCreated(tx: Tx, invoiceId: string) {
  const intent = tx.need("payment_intents", paymentIntentOf(tx, invoiceId) ?? "");
  const error = paymentFailed(intent, intent);
  return error.undone();
}

/** Nothing is due now, but something will be: the card is collected by a setup intent. */
function askForCard(tx: Tx, subscription: Subscription): void {
  if (methodOfSubscription(tx, subscription, subscription.customer)) return;
  const intent = newSetupIntent(tx, { customer: subscription.customer });
  tx.patch("subscriptions", subscription.id, { pending_setup_intent: intent.id });
}

function startTimers(tx: Tx, id: string): void {
  const { status } = tx.need("subscriptions", id);
  if (status === "incomplete") tx.schedule(23 * hourMs, "subscription.expire", id);
  announceTrialEnd(tx, id);
  planTurn(tx, id);
}
