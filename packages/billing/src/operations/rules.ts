export const operationKinds = [
  "customer_create",
  "subscription_create",
  "subscription_cancel",
  "refund_create",
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
};

export const isOperationKind = (word: string): word is OperationKind =>
  (operationKinds as readonly string[]).includes(word);

export const undecidedStates = ["submitted", "unknown"] as const;

export const isUndecided = (operation: { state: string }): boolean =>
  (undecidedStates as readonly string[]).includes(operation.state);
