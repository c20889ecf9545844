import { invalid } from "../../http/errors";
import type { Subscription } from "../../tables";

interface Given {
  collection_method?: string;
  days_until_due?: number;
}

/** Who is sent invoices has some days to pay them; who is charged has none. */
export function daysUntilDue(given: Given, sends: boolean, current: number | null = null): number | null {
  const { days_until_due: days } = given;
  if (!sends && days !== undefined) {
    const message = "You can only set `days_until_due` if `collection_method` is `send_invoice`.";
    throw invalid(message, undefined, "days_until_due");
  }
  if (!sends) return null;
  if (days !== undefined) return days;
  if (current !== null) return current;
  const message = "You must provide `days_until_due` with `collection_method=send_invoice`.";
  throw invalid(message, "parameter_missing", "days_until_due");
}

export function changedDue(subscription: Subscription, given: Given): Partial<Subscription> {
  const { collection_method: method = subscription.collection_method, days_until_due: days } = given;
  if (given.collection_method === undefined && days === undefined) return {};
  const sends = method === "send_invoice";
  return {
    collection_method: method,
    days_until_due: daysUntilDue(given, sends, subscription.days_until_due),
  };
}
