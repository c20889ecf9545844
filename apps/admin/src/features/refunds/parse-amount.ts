import { currencyExponent } from "@farebox/billing/schemas";

export type ParsedAmount = { ok: true; amount: number } | { ok: false; problem: string };

// Stripe moves these currencies only in steps of their minor unit.
const steps: Record<string, number> = { isk: 100, ugx: 100, bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10 };

/**
 * What a person typed in major units as whole minor units of the currency, by digits alone, never by floats.
 * Takes 1234.50, 1,234.50, 1.234,50, 1 234,50 and 1'234.50; what could mean two amounts is refused.
 */
export function parseAmount(text: string, currency: string): ParsedAmount {
  const code = currency.toUpperCase();
  const exponent = currencyExponent(currency);
  const typed = withoutCurrency(text, code);
  if (typed === "") return refuse("Enter an amount.");
  if (/^[-−]/.test(typed)) return refuse("Enter an amount above zero.");
  if (!/^[\d.,]+$/.test(typed) || !/\d/.test(typed)) {
    return refuse(`Use digits only, for example ${example(exponent)}.`);
  }
  const split = splitAtDecimal(typed, exponent);
  if (!split) return refuse(`We cannot tell what ${typed} means. Write it like ${example(exponent)}.`);
  if (split.fraction.length > exponent) return refuse(tooFine(code, exponent));
  const amount = Number(`${split.whole}${split.fraction.padEnd(exponent, "0")}`);
  if (!Number.isSafeInteger(amount)) return refuse("This amount is too large.");
  if (amount === 0) return refuse("Enter an amount above zero.");
  const step = steps[currency.toLowerCase()] ?? 1;
  if (amount % step !== 0) return refuse(`${code} moves in steps of ${majorText(step, exponent)}.`);
  return { ok: true, amount };
}

/** The amount as an input shows it: plain digits and a point, nothing to misread. */
export function amountText(amount: number, currency: string): string {
  return majorText(amount, currencyExponent(currency));
}

function majorText(amount: number, exponent: number): string {
  if (exponent === 0) return String(amount);
  const digits = String(amount).padStart(exponent + 1, "0");
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function withoutCurrency(text: string, code: string): string {
  const bare = text
    .trim()
    .replace(new RegExp(`^${code}|${code}$`, "i"), "")
    .replace(/^[\p{Sc}]|[\p{Sc}]$/u, "");
  return withoutGroupMarks(bare.trim());
}

/** Spaces of any width and apostrophes count as group marks only where a group of three digits follows. */
function withoutGroupMarks(text: string): string {
  return /^\d{1,3}([\s'’]\d{3})+([.,]\d*)?$/.test(text) ? text.replace(/[\s'’]/g, "") : text;
}

function splitAtDecimal(typed: string, exponent: number): { whole: string; fraction: string } | null {
  const marks = typed.replace(/\d/g, "");
  if (marks === "") return { whole: typed, fraction: "" };
  const last = marks.slice(-1);
  const group = last === "." ? "," : ".";
  const at = typed.lastIndexOf(last);
  const head = typed.slice(0, at);
  const tail = typed.slice(at + 1);

  if (marks.length > 1 && !marks.includes(group)) return isGrouped(typed, last) ? joined(typed) : null;
  if (marks.includes(group)) {
    if (head.includes(last) || !isGrouped(head, group)) return null;
    return { whole: head.replaceAll(group, ""), fraction: tail };
  }
  const looksGrouped = /^[1-9]\d{0,2}$/.test(head) && tail.length === 3;
  if (last === "," && looksGrouped) return exponent === 3 ? null : joined(typed);
  return { whole: head === "" ? "0" : head, fraction: tail };
}

const isGrouped = (text: string, mark: string) => {
  const [first = "", ...rest] = text.split(mark);
  return /^[1-9]\d{0,2}$/.test(first) && rest.every((group) => /^\d{3}$/.test(group));
};

const joined = (text: string) => ({ whole: text.replace(/[.,]/g, ""), fraction: "" });

const example = (exponent: number) => (exponent === 0 ? "1234" : `1234.${"5".padEnd(exponent, "0")}`);

const tooFine = (code: string, exponent: number) =>
  exponent === 0 ? `${code} has no decimals.` : `${code} has ${exponent} decimals.`;

const refuse = (problem: string): ParsedAmount => ({ ok: false, problem });
