import { checkFeatures, checkName, checkPlans } from "./check-names";
import { checkAmounts, entriesOf, type Report } from "./check-prices";
import type { Catalog, CouponDefinition } from "./define-catalog";
import type { Amounts } from "./pricing";
import { intervals } from "./units";

/** Everything beside the plans. */
export function checkOffers(report: Report, catalog: Catalog): void {
  checkAddOns(report, catalog);
  for (const [id, pack] of Object.entries(catalog.creditPacks)) {
    const where = `credit pack ${id}`;
    checkOneTime(report, where, pack);
    if (!isCount(pack.credits)) report(where, "credits must be a whole number, at least 1");
    if (pack.expiresAfterDays !== undefined && !isCount(pack.expiresAfterDays)) {
      report(where, "expiresAfterDays must be a whole number, at least 1");
    }
  }
  for (const [id, product] of Object.entries(catalog.products))
    checkOneTime(report, `product ${id}`, product);
  for (const [id, coupon] of Object.entries(catalog.coupons))
    checkCoupon(report, `coupon ${id}`, coupon, catalog);
  checkCodes(report, catalog);
  checkPolicy(report, catalog);
  checkPortal(report, catalog);
}

const isCount = (value: number) => Number.isSafeInteger(value) && value > 0;

function checkAddOns(report: Report, catalog: Catalog): void {
  for (const [id, addOn] of Object.entries(catalog.addOns)) {
    const where = `add-on ${id}`;
    checkName(report, where, addOn.name);
    checkFeatures(report, where, addOn.features ?? [], catalog);
    checkPlans(report, where, addOn.plans, catalog);
    if (addOn.plans.length === 0) report(where, "can be added to no plan");
    if (addOn.maximum !== undefined && !isCount(addOn.maximum)) {
      report(where, "maximum must be a whole number, at least 1");
    }
    for (const { interval, entry } of entriesOf(report, where, addOn.prices)) {
      checkAmounts(report, `${where}: ${interval}`, entry);
    }
    for (const interval of intervals.filter((each) => addOn.prices[each] === undefined)) {
      const plan = addOn.plans.find((each) => periodsOf(catalog, each).includes(interval));
      if (plan) report(where, `has no price per ${interval}, but ${plan} is sold per ${interval}`);
    }
  }
}

const periodsOf = ({ plans }: Catalog, id: string): string[] =>
  Object.keys(plans[id]?.prices ?? plans[id]?.seats?.prices ?? plans[id]?.usage?.[0]?.prices ?? {});

function checkOneTime(
  report: Report,
  where: string,
  { name, prices }: { name: string; prices: Amounts },
): void {
  checkName(report, where, name);
  checkAmounts(report, where, prices);
  if (Object.values(prices).some((amount) => amount === 0)) report(where, "must cost something");
}

function checkCoupon(report: Report, where: string, coupon: CouponDefinition, catalog: Catalog): void {
  const { name, off, duration, plans = [], maxRedemptions } = coupon;
  if (name.trim() === "" || name.length > 40) report(where, "a name has 1 to 40 characters");
  if ("percent" in off && !(off.percent > 0 && off.percent <= 100)) {
    report(where, "percent must be above 0 and at most 100");
  }
  if ("amount" in off) checkAmounts(report, where, off.amount);
  if (typeof duration === "object" && !isCount(duration.months)) report(where, "months must be at least 1");
  if (maxRedemptions !== undefined && !isCount(maxRedemptions))
    report(where, "maxRedemptions must be at least 1");
  checkPlans(report, where, plans, catalog);
}

function checkCodes(report: Report, { promotionCodes, coupons }: Catalog): void {
  const seen = new Set<string>();
  for (const [code, { coupon, minimum, maxRedemptions, expiresAt }] of Object.entries(promotionCodes)) {
    const where = `promotion code ${code}`;
    if (!/^[A-Za-z0-9-]{1,100}$/.test(code)) report(where, "has letters, digits and hyphens only");
    if (seen.has(code.toLowerCase())) report(where, "is there twice: codes do not tell capitals apart");
    seen.add(code.toLowerCase());
    if (!Object.hasOwn(coupons, coupon)) report(where, `there is no coupon ${coupon}`);
    if (minimum) checkAmounts(report, where, minimum);
    if (maxRedemptions !== undefined && !isCount(maxRedemptions))
      report(where, "maxRedemptions must be at least 1");
    if (expiresAt !== undefined && Number.isNaN(Date.parse(expiresAt))) report(where, "expiresAt is no date");
  }
}

function checkPolicy(report: Report, catalog: Catalog): void {
  const { graceDays, dunning, retention } = catalog.policy;
  if (!Number.isSafeInteger(graceDays) || graceDays < 0) report("policy", "graceDays must be a whole number");
  const days = dunning.remindOnDays;
  if (days.some((day, at) => !Number.isSafeInteger(day) || day < 0 || day <= (days[at - 1] ?? -1))) {
    report("policy: dunning", "remindOnDays must be whole numbers that ascend");
  }
  for (const offer of retention) {
    const where = `policy: retention by ${offer.kind}`;
    if (offer.kind === "coupon" && !Object.hasOwn(catalog.coupons, offer.coupon)) {
      report(where, `there is no coupon ${offer.coupon}`);
    }
    if (offer.kind === "downgrade") checkPlans(report, where, [offer.plan], catalog);
    if (offer.kind === "pause" && (offer.months.length === 0 || !offer.months.every(isCount))) {
      report(where, "months must be whole numbers, at least 1");
    }
  }
}

function checkPortal(report: Report, catalog: Catalog): void {
  if (!catalog.portal) return;
  const { plans, headline } = catalog.portal;
  if (headline.length > 60) report("portal", "the headline has at most 60 characters");
  checkPlans(report, "portal", plans, catalog);
  if (plans.length > 10) report("portal", "Stripe shows at most 10 plans");
  for (const id of plans) {
    const plan = catalog.plans[id];
    if (plan && (!plan.prices || plan.seats || plan.usage)) {
      report("portal", `Stripe's page cannot change ${id}: it has seats or usage`);
    }
  }
}
