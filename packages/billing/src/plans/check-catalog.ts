import { checkFeatures, checkName } from "./check-names";
import { checkOffers } from "./check-offers";
import { checkAmounts, checkPricing, checkSeats, entriesOf, type Report } from "./check-prices";
import type { Catalog, PlanDefinition } from "./define-catalog";
import { priceList, wantedProducts } from "./price-list";

/** A catalogue that cannot be sold as it is written; the message has everything that is wrong. */
export class CatalogError extends Error {
  override readonly name = "CatalogError";

  constructor(readonly problems: readonly string[]) {
    super(`The catalogue cannot be used:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
  }
}

export function checkCatalog(catalog: Catalog): void {
  const problems: string[] = [];
  const report: Report = (where, problem) => problems.push(`${where}: ${problem}`);
  checkIds(report, catalog);
  for (const [id, meter] of Object.entries(catalog.meters)) {
    checkName(report, `meter ${id}`, meter.name);
    if (!["sum", "count", "last"].includes(meter.aggregation)) {
      report(`meter ${id}`, "aggregation must be sum, count or last");
    }
  }
  for (const [id, feature] of Object.entries(catalog.features))
    checkName(report, `feature ${id}`, feature.name);
  for (const [id, plan] of Object.entries(catalog.plans)) checkPlan(report, `plan ${id}`, plan, catalog);
  checkOffers(report, catalog);
  if (problems.length === 0) checkKeys(report, catalog);
  if (problems.length > 0) throw new CatalogError(problems);
}

const sections = [
  ["feature", "features"],
  ["meter", "meters"],
  ["plan", "plans"],
  ["add-on", "addOns"],
  ["credit pack", "creditPacks"],
  ["product", "products"],
  ["coupon", "coupons"],
] as const;

function checkIds(report: Report, catalog: Catalog): void {
  for (const [what, section] of sections) {
    for (const id of Object.keys(catalog[section])) {
      if (/^[a-z][a-z0-9_]{0,39}$/.test(id)) continue;
      report(
        `${what} ${id}`,
        "an id has small letters, digits and _, begins with a letter and has at most 40",
      );
    }
  }
  if (Object.keys(catalog.plans).length === 0) report("plans", "there must be one at least");
}

function checkPlan(report: Report, where: string, plan: PlanDefinition, catalog: Catalog): void {
  checkName(report, where, plan.name);
  checkFeatures(report, where, plan.features, catalog);
  const { trialDays = 0, trialCard, prices, seats, usage = [] } = plan;
  if (!Number.isSafeInteger(trialDays) || trialDays < 0 || trialDays > 730) {
    report(where, "trialDays must be a whole number from 0 to 730");
  }
  if (trialCard && trialDays === 0) report(where, "trialCard says nothing without trialDays");
  for (const { interval, entry } of entriesOf(report, where, prices ?? {})) {
    checkAmounts(report, `${where}: ${interval}`, entry);
  }
  if (seats) checkSeats(report, `${where}: seats`, seats);
  for (const { meter, prices: rates } of usage) {
    const here = `${where}: usage of ${meter}`;
    if (!Object.hasOwn(catalog.meters, meter)) report(here, `there is no meter ${meter}`);
    for (const { interval, entry } of entriesOf(report, here, rates)) {
      checkPricing(report, `${here} ${interval}`, entry);
    }
  }
  if (new Set(usage.map(({ meter }) => meter)).size < usage.length) report(where, "charges a meter twice");
  checkIntervals(report, where, plan);
}

/** Everything a plan charges is charged together, so it must be priced for the same periods. */
function checkIntervals(report: Report, where: string, { prices, seats, usage = [] }: PlanDefinition): void {
  const parts = [prices, seats?.prices, ...usage.map((each) => each.prices)].filter(
    (part) => part !== undefined,
  );
  const periods = parts.map((part) => Object.keys(part).sort().join(" and "));
  if (!prices && !seats) {
    report(where, "needs a price or a price of seats; 0 will do");
  } else if (periods.includes("")) {
    report(where, "has no price");
  } else if (new Set(periods).size > 1) {
    report(
      where,
      `its price, seats and usage must have the same billing periods, but have ${periods.join("; ")}`,
    );
  }
}

/** "team" with seats and a plan "team_seats" would both be found under team_seats_month_usd. */
function checkKeys(report: Report, catalog: Catalog): void {
  const keys = [
    ...priceList(catalog).map((price) => price.lookupKey),
    ...wantedProducts(catalog).map(({ id }) => id),
  ];
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) report(`key ${key}`, "two things would have it at Stripe; rename one of them");
    seen.add(key);
  }
}
