import { currencyExponent, formatMoney } from "../money";
import type { WantedPrice, WantedProduct } from "./price-list";
import type { Rate } from "./pricing";
import type { CatalogChange, FoundPrice } from "./rules";

/** One line per step, as a person would say it. */
export const describeChanges = (changes: CatalogChange[]): string[] => changes.map(describe);

function describe(change: CatalogChange): string {
  switch (change.kind) {
    case "create_meter":
      return `+ meter ${change.meter.id} (${change.meter.name}, ${change.meter.aggregation})`;
    case "reactivate_meter":
      return `~ meter ${change.meter.id}: takes events again`;
    case "rename_meter":
      return `~ meter ${change.meter.id}: name ${quoted(change.was)} -> ${quoted(change.meter.name)}`;
    case "create_feature":
      return `+ feature ${change.feature.id} (${change.feature.name})`;
    case "rename_feature":
      return `~ feature ${change.feature.id}: name ${quoted(change.was)} -> ${quoted(change.feature.name)}`;
    case "archive_feature":
      return `- feature ${change.featureId}: no longer in the catalogue`;
    case "create_product":
      return `+ product ${change.product.id} (${change.product.name})`;
    case "update_product":
      return `~ product ${change.product.id}: ${differences(change.product, change.was)}`;
    case "archive_product":
      return `- product ${change.productId}: no longer in the catalogue`;
    case "attach_feature":
      return `+ ${change.productId} gives ${change.featureId}`;
    case "detach_feature":
      return `- ${change.productId} gives ${change.featureId} no longer`;
    case "create_price": {
      const { replaces } = change;
      const was = replaces ? ` (was ${amountText(replaces)}; subscribers keep it)` : "";
      return `+ price ${change.price.lookupKey}: ${amountText(change.price)}${was}`;
    }
    case "update_price":
      return `~ price ${change.price.lookupKey}: ${change.found.active ? "marks" : "on sale again"}`;
    case "archive_price":
      return `- price ${change.price.madeFor}: ${amountText(change.price)} (${change.price.id})`;
    case "create_coupon":
      return `+ coupon ${change.coupon.id} (${change.coupon.coupon.name}) as ${change.coupon.stripeId}`;
    case "rename_coupon":
      return `~ coupon ${change.coupon.id}: name ${quoted(change.was)} -> ${quoted(change.coupon.coupon.name)}`;
    case "create_code":
      return `+ promotion code ${change.code.code} for coupon ${change.code.coupon}`;
    case "end_code":
      return `- promotion code ${change.code.toUpperCase()} (${change.stripeId})`;
    case "create_portal":
      return "+ customer portal configuration";
    case "update_portal":
      return `~ customer portal configuration (${change.stripeId})`;
  }
}

const quoted = (text: string) => JSON.stringify(text);

function differences(
  wanted: WantedProduct,
  was: Omit<WantedProduct, "features" | "kind"> & { kind: string; active: boolean },
) {
  const parts = [
    ...(["name", "description", "unitLabel"] as const)
      .filter((field) => wanted[field] !== was[field])
      .map(
        (field) =>
          `${field === "unitLabel" ? "unit" : field} ${quoted(was[field] ?? "")} -> ${quoted(wanted[field] ?? "")}`,
      ),
    ...(was.active ? [] : ["on sale again"]),
  ];
  return parts.length > 0 ? parts.join(", ") : "marks";
}

/** "$99.00 per month"; for seats and usage with the steps. */
function amountText(price: WantedPrice | FoundPrice): string {
  const { currency, interval, kind, meter } = price;
  const per = interval ? ` per ${interval}` : "";
  const each = kind === "seats" ? " a seat" : meter ? ` a unit of ${meter}` : "";
  return `${rateText(price, currency)}${each}${per}`;
}

function rateText({ unitAmount, tiersMode, tiers, packageSize }: Rate, currency: string): string {
  if (tiersMode && tiers) {
    const steps = tiers.map(({ upTo, unit, flat }) => {
      const fee = flat === "0" ? "" : ` + ${money(flat, currency)}`;
      return `${upTo === null ? "then" : `to ${upTo}`} ${money(unit, currency)}${fee}`;
    });
    return `${tiersMode} (${steps.join(", ")})`;
  }
  const amount = money(unitAmount ?? "0", currency);
  return packageSize === null ? amount : `${amount} for each ${packageSize}`;
}

/** A fraction of the smallest coin is told with all its places. */
function money(amount: string, currency: string): string {
  if (!amount.includes(".")) return formatMoney({ amount: Number(amount), currency });
  const exponent = currencyExponent(currency);
  const [whole = "0", fraction = ""] = amount.split(".");
  const padded = whole.padStart(exponent + 1, "0");
  const major = padded.slice(0, padded.length - exponent);
  return `${currency.toUpperCase()} ${major}.${padded.slice(padded.length - exponent)}${fraction}`;
}
