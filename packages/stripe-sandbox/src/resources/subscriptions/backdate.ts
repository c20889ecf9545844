import { plus, type Rational, rational, round, times } from "../../engine/money";
import { boundary, type Interval, periodAt } from "../../engine/periods";
import { amountFor } from "../../engine/price-amount";
import { invalid } from "../../http/errors";
import type { Subscription, SubscriptionItem } from "../../tables";
import type { Tx } from "../../transaction";
import { addLine } from "../invoices/draft";
import { itemParent } from "./item-line";
import { intervalOf, isMetered, priceOfItem, pricingOf, productName } from "./items";
import { periodOf } from "./period";
import { counted, dayText, lineText } from "./wording";

export function checkBackdate(start: number, now: number): void {
  if (start <= now) return;
  throw invalid("backdate_start_date must be in the past.", undefined, "backdate_start_date");
}

/** Where the first period that is not over starts: the lines of the time before it are their own. */
export function firstPeriodStart(anchor: number, interval: Interval, start: number, now: number): number {
  return Math.max(start, periodAt(anchor, interval, now).start);
}

/** As many lines as an invoice can have. */
const mostSpans = 250;

function tooLongAgo() {
  const message = `backdate_start_date is more than ${mostSpans} billing periods ago.`;
  return invalid(message, undefined, "backdate_start_date");
}

interface Span {
  start: number;
  end: number;
  /** How many full prices it costs. */
  share: Rational;
  whole: boolean;
}

/**
 * Flexible billing bills time that is over in its natural periods, classic billing in one line
 * as if a period had begun at the start date.
 */
export function elapsedSpans(
  subscription: Subscription,
  interval: Interval,
  from: number,
  to: number,
): Span[] {
  if (subscription.billing_mode.type === "classic") return from < to ? [imagined(interval, from, to)] : [];
  const spans: Span[] = [];
  for (let start = from; start < to; ) {
    const natural = periodOf(subscription, interval, start);
    const end = Math.min(natural.end, to);
    const share = rational(end - start, natural.end - natural.start);
    spans.push({ start, end, share, whole: start === natural.start && end === natural.end });
    start = end;
    if (spans.length > mostSpans) throw tooLongAgo();
  }
  return spans;
}

function imagined(interval: Interval, start: number, end: number): Span {
  let periods = 0;
  while (boundary(start, interval, periods + 1) <= end) periods++;
  const [last, next] = [boundary(start, interval, periods), boundary(start, interval, periods + 1)];
  const share = plus(rational(periods), rational(end - last, next - last));
  return { start, end, share, whole: periods === 1 && last === end };
}

/** Lines for the time before the subscription was made. */
export function elapsedLines(
  tx: Tx,
  invoice: string,
  subscription: Subscription,
  item: SubscriptionItem,
): void {
  const price = priceOfItem(tx, item, subscription.currency);
  if (isMetered(price)) return;
  const quantity = item.quantity ?? 1;
  const name = productName(tx, price);
  const full = amountFor(price, quantity);
  const to = subscription.trial_start ?? item.current_period_start;
  for (const { start, end, share, whole } of elapsedSpans(
    subscription,
    intervalOf(price),
    subscription.start_date,
    to,
  )) {
    addLine(tx, invoice, {
      amount: round(times(full, share)),
      description: whole
        ? lineText(name, quantity, price)
        : `Time on ${counted(name, quantity)} from ${dayText(start)} until ${dayText(end)}`,
      parent: itemParent(item, !whole),
      period: { start, end },
      pricing: pricingOf(price),
      quantity,
      subscription: subscription.id,
      metadata: { ...subscription.metadata },
    });
  }
}
