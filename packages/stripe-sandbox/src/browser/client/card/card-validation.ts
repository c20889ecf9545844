import { brandOf, type CardBrand, unknownBrand } from "./card-brand";
import { digitsOf, expiryDigits } from "./card-format";

export type CardField = "number" | "expiry" | "cvc" | "postalCode";

export type ProblemCode =
  | "incomplete_number"
  | "invalid_number"
  | "incomplete_expiry"
  | "invalid_expiry_month"
  | "invalid_expiry_month_past"
  | "invalid_expiry_year_past"
  | "invalid_expiry_year"
  | "incomplete_cvc"
  | "incomplete_zip";

export interface Problem {
  field: CardField;
  code: ProblemCode;
}

export interface CardInput {
  number: string;
  expiry: string;
  cvc: string;
  /** Of the number, which may be typed elsewhere. */
  brand: CardBrand;
  postalCode: string;
  country: string;
  asksPostalCode: boolean;
}

const postalCodePatterns: Record<string, RegExp> = {
  US: /^\d{5}(-?\d{4})?$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
};

/** In the order of the form, so the first one is what is reported and focused. */
export function cardProblems(input: CardInput, now: Date): Problem[] {
  const codes: [CardField, ProblemCode | null][] = [
    ["number", numberProblem(input.number)],
    ["expiry", expiryProblem(input.expiry, now)],
    ["cvc", cvcProblem(input.cvc, input.brand)],
    ["postalCode", postalCodeProblem(input)],
  ];
  return codes.flatMap(([field, code]) => (code ? [{ field, code }] : []));
}

export function numberProblem(text: string): ProblemCode | null {
  const digits = digitsOf(text);
  const brand = brandOf(digits);
  if (!brand.lengths.includes(digits.length)) return "incomplete_number";
  if (brand !== unknownBrand && passesLuhn(digits)) return null;
  return isLongest(digits) ? "invalid_number" : "incomplete_number";
}

/** Whether the brand has no longer number, so that the customer must be done. */
export function isLongest(digits: string): boolean {
  return digits.length === Math.max(...brandOf(digits).lengths);
}

export function expiryProblem(text: string, now: Date): ProblemCode | null {
  const expiry = readExpiry(text);
  if (!expiry) return "incomplete_expiry";
  const { month, year } = expiry;
  if (month < 1 || month > 12) return "invalid_expiry_month";
  if (year < now.getFullYear()) return "invalid_expiry_year_past";
  if (year > now.getFullYear() + 50) return "invalid_expiry_year";
  const monthIsPast = year === now.getFullYear() && month < now.getMonth() + 1;
  return monthIsPast ? "invalid_expiry_month_past" : null;
}

/** Of a card that is not known yet, four digits may be right too. */
export function cvcProblem(cvc: string, brand: CardBrand): ProblemCode | null {
  const { length } = digitsOf(cvc);
  const fits = length === brand.cvcLength || (brand === unknownBrand && length === 4);
  return fits ? null : "incomplete_cvc";
}

export function countryAsksPostalCode(country: string): boolean {
  return country in postalCodePatterns;
}

function postalCodeProblem(input: CardInput): ProblemCode | null {
  if (!input.asksPostalCode) return null;
  const pattern = postalCodePatterns[input.country] ?? /^.{3,12}$/;
  return pattern.test(input.postalCode.trim()) ? null : "incomplete_zip";
}

export function readExpiry(text: string): { month: number; year: number } | null {
  const digits = expiryDigits(text);
  if (digits.length !== 4) return null;
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
