import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import { newId } from "../../ids";
import type { Price } from "../../tables";
import type { Tx } from "../../transaction";
import { planOf } from "../plans";
import { newProduct } from "../products/create";
import { exact, readTiers } from "./amounts";
import type { PriceFields } from "./params";

function readRecurring(tx: Tx, given: PriceFields["recurring"]): Price["recurring"] {
  if (!given) return null;
  const metered = given.usage_type === "metered";
  checkMeter(tx, metered, given.meter);
  const count = given.interval_count ?? 1;
  const perThreeYears = { day: 1095, week: 156, month: 36, year: 3 }[given.interval];
  if (count < 1 || count > perThreeYears) {
    throw invalid(
      "The interval can be at most three years.",
      "parameter_invalid_integer",
      "recurring[interval_count]",
    );
  }
  return {
    interval: given.interval,
    interval_count: count,
    meter: given.meter ?? null,
    trial_period_days: null,
    usage_type: metered ? "metered" : "licensed",
  };
}

function checkMeter(tx: Tx, metered: boolean, id: string | undefined): void {
  if (!metered && id) {
    throw invalid("A meter needs usage_type=metered.", "parameters_exclusive", "recurring[meter]");
  }
  if (!metered) return;
  if (!id) {
    throw invalid("Metered prices must be backed by a meter.", "parameter_missing", "recurring[meter]");
  }
  if (tx.need("meters", id, "recurring[meter]").status === "active") return;
  throw invalid(`The meter ${id} is inactive. A price needs an active one.`, undefined, "recurring[meter]");
}

function option(given: Pick<PriceFields, "unit_amount" | "unit_amount_decimal" | "tax_behavior" | "tiers">) {
  const { whole, decimal: text } = exact(given.unit_amount, given.unit_amount_decimal, "unit_amount");
  return {
    custom_unit_amount: null,
    tax_behavior: given.tax_behavior ?? "unspecified",
    ...(given.tiers && { tiers: readTiers(given.tiers) }),
    unit_amount: whole,
    unit_amount_decimal: text,
  };
}

export function takeLookupKey(
  tx: Tx,
  key: string | null | undefined,
  transfer: boolean,
  except?: string,
): void {
  if (!key) return;
  for (const other of tx.by("prices", "lookup_key", key)) {
    if (other.id === except) continue;
    if (!transfer) {
      throw invalid(
        `A price (\`${other.id}\`) already uses that lookup key.`,
        "resource_already_exists",
        "lookup_key",
      );
    }
    tx.patch("prices", other.id, { lookup_key: null });
    tx.emit("price.updated", "prices", other.id);
  }
}

function productFor(tx: Tx, given: PriceFields): string {
  if (given.product && given.product_data)
    throw invalid(
      "You may only specify one of these parameters: product, product_data.",
      "parameters_exclusive",
      "product",
    );
  if (given.product) return tx.need("products", given.product, "product").id;
  if (!given.product_data) throw invalid("Missing required param: product.", "parameter_missing", "product");
  const { name, id, metadata: data, ...rest } = given.product_data;
  const product = newProduct(tx, { name, ...(id && { id }) });
  const { tax_details, ...plain } = rest;
  return tx.patch("products", product.id, { ...plain, metadata: mergeMetadata(null, data) }).id;
}

export function newPrice(tx: Tx, given: PriceFields): Price {
  const scheme = given.billing_scheme ?? (given.tiers ? "tiered" : "per_unit");
  const amount = exact(given.unit_amount, given.unit_amount_decimal, "unit_amount");
  if (scheme === "per_unit" && amount.decimal === null) {
    throw invalid("Missing required param: unit_amount.", "parameter_missing", "unit_amount");
  }
  if (scheme === "tiered" && !(given.tiers && given.tiers_mode && given.recurring)) {
    throw invalid("A tiered price needs tiers, tiers_mode and recurring.", "parameter_missing", "tiers");
  }
  if (scheme === "tiered" && given.transform_quantity) {
    throw invalid(
      "transform_quantity cannot be combined with tiers.",
      "parameters_exclusive",
      "transform_quantity",
    );
  }
  takeLookupKey(tx, given.lookup_key, given.transfer_lookup_key ?? false);
  const options = Object.entries(given.currency_options ?? {}).map(
    ([code, value]) => [code, option(value)] as const,
  );
  const price = tx.put("prices", {
    id: newId("price"),
    object: "price",
    active: given.active ?? true,
    billing_scheme: scheme,
    created: tx.now,
    currency: given.currency,
    currency_options: Object.fromEntries([[given.currency, option(given)], ...options]),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: mergeMetadata(null, given.metadata),
    nickname: given.nickname ?? null,
    product: productFor(tx, given),
    recurring: readRecurring(tx, given.recurring),
    tax_behavior: given.tax_behavior ?? "unspecified",
    ...(given.tiers && { tiers: readTiers(given.tiers) }),
    tiers_mode: given.tiers_mode ?? null,
    transform_quantity: given.transform_quantity ?? null,
    type: given.recurring ? "recurring" : "one_time",
    unit_amount: amount.whole,
    unit_amount_decimal: amount.decimal,
  });
  if (price.recurring) tx.emit("plan.created", "prices", price.id, (row) => planOf(row as Price));
  tx.emit("price.created", "prices", price.id);
  return price;
}
