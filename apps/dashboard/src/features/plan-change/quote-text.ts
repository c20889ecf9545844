import type { ChangeQuote } from "@farebox/billing";
import type { Say } from "../subscriptions/plan-sentence";

type Wording = Pick<Say, "money" | "date">;

/** What happens, when, and what it costs: before the button. */
export function quoteSentence(quote: ChangeQuote, { money, date }: Wording): string {
  const { timing, effectiveAt, from, to, dueNow, creditAfter, currency } = quote;
  if (timing === "period_end" && effectiveAt) {
    return `${from.planName} is paid for until ${date(effectiveAt)} and stays on until then. After that you have ${to.planName}. Nothing is charged today.`;
  }
  if (dueNow > 0) return `${to.planName} starts as soon as ${money(dueNow, currency)} is paid.`;
  const credit =
    creditAfter > 0 ? ` ${money(creditAfter, currency)} is kept as credit for later invoices.` : "";
  return `${to.planName} starts at once. Nothing is charged today.${credit}`;
}

export function confirmLabel(quote: ChangeQuote, { money, date }: Wording): string {
  if (quote.timing === "period_end" && quote.effectiveAt) return `Change on ${date(quote.effectiveAt)}`;
  if (quote.dueNow > 0) return `Pay ${money(quote.dueNow, quote.currency)} now`;
  return `Change to ${quote.to.planName} now`;
}

const kinds: Record<ChangeQuote["lines"][number]["kind"], (quote: ChangeQuote) => string> = {
  unused: ({ from }) => `Unused time on ${from.planName}, given back`,
  remaining: ({ to }) => `${to.planName} for the rest of the period`,
  period: ({ to }) => `${to.planName} for a new period`,
};

/** Several items of one kind are told apart by Stripe's own words. */
export function lineText(quote: ChangeQuote, index: number): string {
  const line = quote.lines[index];
  if (!line) return "";
  const alone = quote.lines.filter(({ kind }) => kind === line.kind).length === 1;
  return alone ? kinds[line.kind](quote) : line.description;
}
