import type { Currency, Interval, PlanView, Rate } from "@farebox/billing";

interface Say {
  money: (amount: number, currency: string) => string;
  count: (quantity: number) => string;
}

/** What a plan costs beside its price: each seat, and what is used. One sentence for each. */
export function priceNotes(
  { seats, usage }: Pick<PlanView, "seats" | "usage">,
  { interval, currency }: { interval: Interval; currency: Currency },
  say: Say,
): string[] {
  const isShown = (rate: { interval: Interval; currency: Currency }) =>
    rate.interval === interval && rate.currency === currency;
  const seatRate = seats?.prices.find(isShown);
  const seatNotes = seatRate ? [rateNote(seatRate, { one: "seat", many: "seats" }, currency, say)] : [];
  const usageNotes = usage.flatMap(({ name, unit, prices }) => {
    const rate = prices.find(isShown);
    return rate ? [rateNote(rate, { one: unit, many: name }, currency, say)] : [];
  });
  return [...seatNotes, ...usageNotes];
}

interface Unit {
  one: string;
  many: string;
}

function rateNote(rate: Rate, { one, many }: Unit, currency: string, say: Say): string {
  const each = (unit: string) => eachText(unit, one, currency, say);
  const { tiers, tiersMode, packageSize, unitAmount } = rate;
  if (packageSize !== null) {
    return `${say.money(Number(unitAmount), currency)} for each ${say.count(packageSize)} ${many}`;
  }
  const [first, ...others] = tiers ?? [];
  if (!tiersMode || !first) return each(unitAmount ?? "0");
  if (tiersMode === "volume") {
    const steps = [first, ...others].map(({ upTo, unit }) =>
      upTo === null ? `${each(unit)} above` : `${each(unit)} up to ${say.count(upTo)}`,
    );
    return `${steps.join(", ")}; all at the price of the last one`;
  }
  const included = first.upTo !== null && first.unit === "0" && first.flat === "0";
  const start = included ? `${say.count(first.upTo ?? 0)} ${many} included` : each(first.unit);
  const rest = others.map(({ unit }, at) =>
    at === 0 && included
      ? `then ${each(unit)}`
      : `above ${say.count((at === 0 ? first : others[at - 1])?.upTo ?? 0)}: ${each(unit)}`,
  );
  return [start, ...rest].join(", ");
}

/** A price of less than the smallest coin is told for as many as make whole ones. */
function eachText(unit: string, one: string, currency: string, { money, count }: Say): string {
  const places = unit.split(".")[1]?.length ?? 0;
  if (places === 0) return `${money(Number(unit), currency)} a ${one}`;
  const many = 10 ** Math.max(3, places);
  return `${money(Math.round(Number(unit) * many), currency)} per ${count(many)}`;
}
