import { brandOf, groupsFor } from "./card-brand";

export function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

export function formatNumber(text: string): string {
  const digits = digitsOf(text);
  const brand = brandOf(digits);
  const groups: string[] = [];
  let rest = digits.slice(0, Math.max(...brand.lengths));
  for (const size of groupsFor(brand, rest.length)) {
    if (!rest) break;
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return groups.join(" ");
}

/** `MM / YY`. A lone digit above 1 can only be a month, so it is completed; a four-digit year keeps its last two. */
export function formatExpiry(text: string): string {
  const digits = expiryDigits(text);
  if (digits.length < 2) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2, 4)}`;
}

export function expiryDigits(text: string): string {
  const [month = "", year] = text.split("/").map(digitsOf);
  const padded = padMonth(month, year !== undefined);
  if (year === undefined) return shortYear(padded);
  return padded + (year.length > 2 && year.startsWith("20") ? year.slice(2, 4) : year.slice(0, 2));
}

function padMonth(month: string, finished: boolean): string {
  const single = month.length === 1;
  return single && (month > "1" || finished) ? `0${month}` : month;
}

function shortYear(digits: string): string {
  const longYear = digits.length === 6 && digits.slice(2, 4) === "20";
  return longYear ? digits.slice(0, 2) + digits.slice(4) : digits.slice(0, 4);
}

export function formatCvc(text: string, cvcLength: number): string {
  return digitsOf(text).slice(0, cvcLength);
}

/** Where the caret belongs in `formatted` so that the same number of digits stays to its left. */
export function caretAfterDigits(formatted: string, digits: number): number {
  if (digits === 0) return 0;
  let seen = 0;
  for (let index = 0; index < formatted.length; index += 1) {
    if (/\d/.test(formatted.charAt(index))) seen += 1;
    if (seen === digits) return index + 1;
  }
  return formatted.length;
}
