import type { Report } from "./check-prices";
import type { Catalog } from "./define-catalog";

export function checkName(report: Report, where: string, name: string): void {
  if (name.trim() === "" || name.length > 80) report(where, "a name has 1 to 80 characters");
}

export function checkFeatures(
  report: Report,
  where: string,
  features: readonly string[],
  catalog: Pick<Catalog, "features">,
): void {
  for (const feature of features) {
    if (!Object.hasOwn(catalog.features, feature)) report(where, `there is no feature ${feature}`);
  }
  if (new Set(features).size < features.length) report(where, "names a feature twice");
}

export function checkPlans(
  report: Report,
  where: string,
  plans: readonly string[],
  catalog: Pick<Catalog, "plans">,
): void {
  for (const plan of plans) {
    if (!Object.hasOwn(catalog.plans, plan)) report(where, `there is no plan ${plan}`);
  }
}
