import type { ExplanationChange, ExplanationPart, LineCause, LineExplanation } from "../explanation";
import { rounded, splitExactly } from "./exact";
import type { ExplainedLine, Known } from "./known";
import { periodsEnding } from "./periods";
import { costOf, type PricePart, priceParts } from "./price-parts";
import { type Full, fullsOfLine, fullsOfPrice, proratedPart } from "./prorate";

/** Why a line is what it is: its parts add up to it, and with its changes it is what it adds to the invoice. */
export function explainLine(line: ExplainedLine, known: Known): LineExplanation {
  const parts = partsOf(line, known);
  const changes = changesOf(line, known);
  return {
    cause: causeOf(line, known, parts),
    product: known.product,
    charges: known.price?.kind ?? null,
    interval: known.price?.interval ?? null,
    parts,
    amount: line.amount,
    changes,
    total: changes.reduce((sum, { amount }) => sum + amount, line.amount),
  };
}

function partsOf(line: ExplainedLine, known: Known): ExplanationPart[] {
  const steps = stepsOf(line, known);
  if (!line.proration) {
    if (isTrial(line, steps)) return [{ kind: "trial", amount: 0, until: iso(line.end) }];
    if (steps && rounded(costOf(steps)) === line.amount) return amounts(line.amount, steps);
  }
  const prorated = line.ofSubscription || line.proration ? prorate(line, known, steps) : null;
  if (prorated) return [prorated];
  if (!line.ofSubscription && !line.proration) return [{ kind: "agreed", amount: line.amount }];
  return [{ kind: "as_invoiced", amount: line.amount }];
}

function stepsOf(line: ExplainedLine, { price }: Known): PricePart[] | null {
  const quantity = line.quantity ?? "1";
  if (price) return priceParts(price.rate, quantity);
  if (line.unitAmount === null) return null;
  return priceParts({ ...noTiers, unitAmount: line.unitAmount }, quantity);
}

const noTiers = { tiersMode: null, tiers: null, packageSize: null, packageRound: null } as const;

/** Nothing is charged for what costs something. */
const isTrial = ({ amount, ofSubscription, unitAmount }: ExplainedLine, steps: PricePart[] | null): boolean =>
  ofSubscription && amount === 0 && unitAmount === "0" && steps !== null && rounded(costOf(steps)) !== 0;

function amounts(amount: number, steps: readonly PricePart[]): ExplanationPart[] {
  const split = splitExactly(
    amount,
    steps.map(({ cost }) => cost),
  );
  return steps.map(({ shown }, at) => ({ ...shown, amount: split[at] ?? 0 }));
}

function prorate(line: ExplainedLine, known: Known, steps: PricePart[] | null): ExplanationPart | null {
  for (const credited of known.credited) {
    const part = proratedPart(line, fullsOfLine(credited), [credited]);
    if (part) return part;
  }
  if (!steps) return null;
  const quantity = line.quantity ?? "1";
  const [only] = steps;
  const unitAmount = steps.length === 1 && only?.shown.kind === "units" ? only.shown.unitAmount : null;
  const fulls: Full[] = fullsOfPrice(costOf(steps), { quantity, unitAmount }, known.coupons);
  const { interval = null, intervalCount = 1 } = known.price ?? {};
  const periods = [...known.periods, ...known.credited, ...periodsEnding(line.end, interval, intervalCount)];
  return proratedPart(line, fulls, periods);
}

function causeOf(line: ExplainedLine, { price }: Known, [part]: ExplanationPart[]): LineCause {
  if (part?.kind === "trial") return "trial";
  if (part?.kind === "unused" || (line.proration && line.amount < 0)) return "unused_time";
  if (part?.kind === "remaining" || line.proration) return "remaining_time";
  if (line.ofSubscription) return price?.metered ? "usage" : "period";
  return line.amount < 0 ? "credit" : "one_time";
}

function changesOf(line: ExplainedLine, { discounts, rates }: Known): ExplanationChange[] {
  return [
    ...line.discounts.map(({ discount, amount }): ExplanationChange => {
      const { name = null, code = null, percentOff = null, amountOff = null } = discounts.get(discount) ?? {};
      return { kind: "discount", amount: -amount || 0, name, code, percentOff, amountOff };
    }),
    ...line.credits.map(({ amount }): ExplanationChange => ({ kind: "credit", amount: -amount || 0 })),
    ...line.taxes.map(({ rate, amount: tax, inclusive, reason }): ExplanationChange => {
      const { name = null, percentage = null } = rates.get(rate ?? "") ?? {};
      return { kind: "tax", amount: inclusive ? 0 : tax, tax, included: inclusive, name, percentage, reason };
    }),
  ];
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
