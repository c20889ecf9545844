import type { ExplanationChange, ExplanationPart, LineExplanation, SettlementKind } from "@farebox/billing";
import { currencyExponent } from "@farebox/billing/schemas";
import type { Say } from "../subscriptions/plan-sentence";

/** Why the line is there, in one sentence. */
export function causeSentence({ cause, product, charges, interval }: LineExplanation): string {
  const what = product ?? "this";
  switch (cause) {
    case "trial":
      return `Your trial of ${what} is free.`;
    case "period":
      if (charges === "seats") return `The seats of ${what} for this period.`;
      return interval ? `${what}, charged for each ${interval}.` : `${what}, charged for this period.`;
    case "usage":
      return `What you used of ${what} in this period.`;
    case "unused_time":
      return `${what} was charged until the end of its period. You get back the time you did not use.`;
    case "remaining_time":
      return `${what} started, or changed, within a period. You pay for the time that was left of it.`;
    case "one_time":
      return product ? `${product}, charged once.` : "Charged once.";
    case "credit":
      return "Given back to you.";
  }
}

/** One step of the arithmetic, without its amount. */
export function partSentence(part: ExplanationPart, currency: string, say: Say): string {
  const price = (minor: string) => unitPrice(minor, currency, say);
  switch (part.kind) {
    case "units":
      return `${count(part.quantity)} × ${price(part.unitAmount)}`;
    case "tier":
      return [tierReach(part), tierSum(part, price)].join(": ");
    case "packages":
      return `${count(part.quantity)} used are ${count(part.packages)} × ${count(String(part.size))}, each ${price(part.unitAmount)}`;
    case "unused":
    case "remaining":
      return prorationSentence(part, currency, say);
    case "trial":
      return `Free until ${say.date(part.until)}`;
    case "agreed":
      return "The amount that was agreed";
    case "as_invoiced":
      return "The amount on the invoice";
  }
}

/** What happened to the line after its price, without its amount. */
export function changeSentence(change: ExplanationChange, currency: string, say: Say): string {
  switch (change.kind) {
    case "discount": {
      const name = change.code ?? change.name;
      const off =
        change.percentOff !== null
          ? `${change.percentOff} % off`
          : change.amountOff !== null
            ? `this line's share of ${say.money(change.amountOff, currency)} off`
            : "";
      return [name ? `Discount ${name}` : "Discount", off].filter(Boolean).join(", ");
    }
    case "credit":
      return "Paid from your credits";
    case "tax":
      return taxSentence(change, currency, say);
  }
}

export const settlementWords: Record<SettlementKind, string> = {
  lines: "Total",
  balance_used: "From your balance",
  balance_owed: "Owed from before",
  added_to_balance: "Added to your balance",
  carried_over: "Carried over to your next invoice",
  credit_notes: "Credit notes",
  other: "Other",
};

type Tier = Extract<ExplanationPart, { kind: "tier" }>;
type Prorated = Extract<ExplanationPart, { kind: "unused" | "remaining" }>;
type Tax = Extract<ExplanationChange, { kind: "tax" }>;

function tierReach({ mode, from, upTo }: Tier): string {
  if (mode === "volume")
    return upTo === null ? `From ${count(String(from))} on` : `Up to ${count(String(upTo))}`;
  return upTo === null
    ? `From number ${count(String(from))} on`
    : `${count(String(from))} to ${count(String(upTo))}`;
}

function tierSum({ quantity, unitAmount, flatAmount }: Tier, price: (minor: string) => string): string {
  const flat = Number(flatAmount) === 0 ? "" : price(flatAmount);
  if (Number(unitAmount) === 0) return flat || `${count(quantity)} included`;
  const units = `${count(quantity)} × ${price(unitAmount)}`;
  return flat ? `${units} and ${flat} for this tier` : units;
}

function prorationSentence(part: Prorated, currency: string, say: Say): string {
  const { basis } = part;
  const full = unitPrice(part.full, currency, say);
  const off = basis.kind === "price" ? Number(basis.off) : basis.off;
  const discounted = off > 0 ? ` (after a discount of ${unitPrice(String(off), currency, say)})` : "";
  const whole =
    basis.kind === "line" && basis.invoiceNumber
      ? `${full} charged${discounted} on invoice ${basis.invoiceNumber}`
      : `${full}${discounted} for the whole period`;
  return `${share(part)} of ${whole}, from ${say.date(part.from)} to ${say.date(part.until)}`;
}

/** In days where that is exact, as people count; otherwise as a share. */
function share({ seconds, wholeSeconds }: Prorated): string {
  const [days, wholeDays] = [seconds / 86_400, wholeSeconds / 86_400];
  if (rounded(days) === rounded(wholeDays)) return `All ${rounded(wholeDays)} days`;
  if (Number.isInteger(days) && Number.isInteger(wholeDays)) return `${days} of ${wholeDays} days`;
  return `${rounded(days)} of ${rounded(wholeDays)} days (${rounded((100 * seconds) / wholeSeconds)} %)`;
}

function taxSentence({ name, percentage, included, tax, reason }: Tax, currency: string, say: Say): string {
  const rate = [name ?? "Tax", percentage === null ? "" : `${percentage} %`].filter(Boolean).join(" ");
  if (reason === "reverse_charge") return `${rate}: you pay it to your tax office (reverse charge)`;
  if (reason === "customer_exempt") return `${rate}: you are exempt`;
  return included ? `${rate}, contained in the price: ${say.money(tax, currency)}` : rate;
}

/** Minor units that may be a fraction of a cent: those are told in full. */
function unitPrice(minor: string, currency: string, say: Say): string {
  if (/^-?\d+$/.test(minor)) return say.money(Number(minor), currency);
  const exponent = currencyExponent(currency);
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)\.(\d+)$/.exec(minor) ?? [];
  const digits = whole.padStart(exponent + 1, "0");
  const at = digits.length - exponent;
  return `${sign}${digits.slice(0, at)}.${digits.slice(at)}${fraction} ${currency.toUpperCase()}`;
}

const count = (text: string): string => {
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
};

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
