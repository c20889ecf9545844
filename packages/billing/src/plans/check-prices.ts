import { currencyExponent } from "../money";
import type { SeatsDefinition } from "./define-catalog";
import type { Amounts, Tier, UnitAmounts, UnitPricing } from "./pricing";
import { currencies, type Interval, intervals } from "./units";

/** Takes down what is wrong, and where. */
export type Report = (where: string, problem: string) => void;

const isWhole = (amount: unknown): amount is number => Number.isSafeInteger(amount) && Number(amount) >= 0;

export function checkAmounts(report: Report, where: string, amounts: Amounts): void {
  eachCurrency(report, where, amounts, (currency, amount) => {
    if (!isWhole(amount)) return "must be a whole number of minor units";
    return amount % smallestStep(currency) === 0
      ? null
      : "must end in 0: Stripe does not charge the third decimal";
  });
}

/** Stripe takes no amount of a currency with three decimals whose last one is not zero. */
const smallestStep = (currency: string) => (currencyExponent(currency) === 3 ? 10 : 1);

function checkUnitAmounts(report: Report, where: string, amounts: UnitAmounts): void {
  eachCurrency(report, where, amounts, (_currency, amount) => {
    if (typeof amount === "string" && /^\d{1,12}(\.\d{1,12})?$/.test(amount)) return null;
    return isWhole(amount)
      ? null
      : "must be minor units: a whole number, or a decimal as text with at most 12 places";
  });
}

function eachCurrency(
  report: Report,
  where: string,
  amounts: Readonly<Record<string, unknown>>,
  problemOf: (currency: string, amount: unknown) => string | null,
): void {
  for (const currency of currencies) {
    if (amounts[currency] === undefined) report(where, `no price in ${currency}`);
  }
  for (const [currency, amount] of Object.entries(amounts)) {
    if (!(currencies as readonly string[]).includes(currency)) {
      report(where, `${currency} is no currency of this catalogue (${currencies.join(", ")})`);
      continue;
    }
    const problem = amount === undefined ? null : problemOf(currency, amount);
    if (problem) report(`${where} ${currency}`, problem);
  }
}

export function checkPricing(report: Report, where: string, pricing: UnitPricing): void {
  if ("unit" in pricing) {
    checkUnitAmounts(report, where, pricing.unit);
  } else if ("graduated" in pricing) {
    checkTiers(report, where, pricing.graduated);
  } else if ("volume" in pricing) {
    checkTiers(report, where, pricing.volume);
  } else if ("package" in pricing) {
    const { size, amounts } = pricing.package;
    if (!isWhole(size) || size < 2) report(where, "a package must hold a whole number of units, at least 2");
    checkAmounts(report, where, amounts);
  } else {
    report(where, "must be one of unit, graduated, volume, package");
  }
}

function checkTiers(report: Report, where: string, tiers: readonly Tier[]): void {
  if (tiers.length === 0) report(where, "has no tiers");
  let below = 0;
  for (const [position, { upTo, unit, flat }] of tiers.entries()) {
    const tier = `${where} tier ${position + 1}`;
    const isLast = position === tiers.length - 1;
    if (isLast && upTo !== "inf") report(tier, 'the last tier must go up to "inf"');
    if (!isLast && (!isWhole(upTo) || upTo <= below)) {
      report(tier, `tiers must ascend: upTo must be a whole number above ${below}`);
    }
    if (typeof upTo === "number") below = upTo;
    if (!unit && !flat) report(tier, "needs a price: unit, flat or both");
    if (unit) checkUnitAmounts(report, tier, unit);
    if (flat) checkAmounts(report, tier, flat);
  }
}

export function checkSeats(report: Report, where: string, seats: SeatsDefinition): void {
  const { included = 0, minimum = Math.max(1, included), maximum } = seats;
  if (!isWhole(included)) report(where, "included must be a whole number of seats");
  if (!isWhole(minimum) || minimum < 1) report(where, "minimum must be a whole number of seats, at least 1");
  if (minimum < included) report(where, "minimum must not be below the included seats");
  if (maximum !== undefined && (!isWhole(maximum) || maximum < minimum)) {
    report(where, "maximum must be a whole number of seats, not below the minimum");
  }
  for (const { interval, entry } of entriesOf(report, where, seats.prices)) {
    checkPricing(report, `${where} ${interval}`, entry);
    if (included > 0 && !("unit" in entry)) {
      report(
        `${where} ${interval}`,
        "included seats need a price per unit; otherwise give a first tier of 0",
      );
    }
  }
}

export function entriesOf<Entry>(
  report: Report,
  where: string,
  perInterval: Partial<Record<Interval, Entry>>,
): { interval: Interval; entry: Entry }[] {
  for (const interval of Object.keys(perInterval)) {
    if (!(intervals as readonly string[]).includes(interval)) {
      report(where, `${interval} is no billing period (${intervals.join(", ")})`);
    }
  }
  return intervals.flatMap((interval) => {
    const entry = perInterval[interval];
    return entry ? [{ interval, entry }] : [];
  });
}
