export const operationKinds = [
  "customer_create",
  "subscription_create",
  "subscription_cancel",
  "refund_create",
  "customer_update",
  "tax_id_create",
  "tax_id_delete",
  "setup_create",
  "card_default",
  "card_detach",
  "invoice_pay",
  "subscription_end",
  "plan_change",
  "change_drop",
  "schedule_create",
  "schedule_release",
  "subscription_update",
] as const;
export type OperationKind = (typeof operationKinds)[number];

interface HistoryWords {
  target: string;
  requested: string;
  settled: string;
  failed: string;
}

/** How each kind of operation is told in the history. */
export const historyOf: Record<OperationKind, HistoryWords> = {
  customer_create: {
    target: "customer",
    requested: "customers.create",
    settled: "customers.settled",
    failed: "customers.failed",
  },
  subscription_create: {
    target: "subscription",
    requested: "subscriptions.create",
    settled: "subscriptions.settled",
    failed: "subscriptions.failed",
  },
  subscription_cancel: {
    target: "subscription",
    requested: "subscriptions.cancel",
    settled: "subscriptions.cancel_settled",
    failed: "subscriptions.cancel_failed",
  },
  refund_create: {
    target: "refund",
    requested: "refunds.create",
    settled: "refunds.settled",
    failed: "refunds.failed",
  },
  customer_update: words("customer", "customers.update"),
  tax_id_create: words("tax_id", "tax_ids.create"),
  tax_id_delete: words("tax_id", "tax_ids.delete"),
  setup_create: words("setup_intent", "payment_methods.setup"),
  card_default: words("payment_method", "payment_methods.set_default"),
  card_detach: words("payment_method", "payment_methods.remove"),
  invoice_pay: words("invoice", "invoices.pay"),
  subscription_end: words("subscription", "subscriptions.end"),
  plan_change: words("subscription", "subscriptions.change_plan"),
  change_drop: words("subscription", "subscriptions.drop_change"),
  schedule_create: words("subscription", "subscriptions.schedule_change"),
  schedule_release: words("subscription", "subscriptions.undo_scheduled_change"),
  subscription_update: words("subscription", "subscriptions.update"),
};

function words(target: string, requested: string): HistoryWords {
  return { target, requested, settled: `${requested}_settled`, failed: `${requested}_failed` };
}

export const isOperationKind = (word: string): word is OperationKind =>
  (operationKinds as readonly string[]).includes(word);

export const undecidedStates = ["submitted", "unknown"] as const;

export const isUndecided = (operation: { state: string }): boolean =>
  (undecidedStates as readonly string[]).includes(operation.state);
