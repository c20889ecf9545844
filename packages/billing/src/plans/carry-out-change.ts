import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { isMissing } from "../stripe/errors";
import { isTaken, makeOrFind } from "./make-or-find";
import { createCode, createCoupon } from "./make-promotions";
import { type PortalTarget, portalParams } from "./portal-params";
import type { WantedPrice, WantedProduct } from "./price-list";
import { priceParams } from "./price-params";
import { meterEventName } from "./read-offers";
import type { CatalogChange } from "./rules";

/** Which object at Stripe stands for what; grows while an apply makes them. */
export interface KnownIds extends PortalTarget {
  meters: Map<string, string>;
  features: Map<string, string>;
}

/** Every step may be taken again: what is there already is found, not made twice. Answers with the price it touched. */
export async function carryOutChange(
  stripe: Stripe,
  change: CatalogChange,
  ids: KnownIds,
): Promise<Stripe.Price | null> {
  switch (change.kind) {
    case "create_price": {
      const price = await createPrice(stripe, change.price, change.replaces?.id ?? "none", ids);
      ids.prices.set(change.price.lookupKey, price.id);
      return price;
    }
    case "update_price":
      return stripe.prices.update(change.found.id, {
        active: true,
        metadata: priceMarks(change.price),
        expand: ["tiers"],
      });
    case "archive_price":
      return stripe.prices.update(change.price.id, { active: false, expand: ["tiers"] });
    default:
      await carryOutOther(stripe, change, ids);
      return null;
  }
}

type OtherChange = Exclude<CatalogChange, { kind: "create_price" | "update_price" | "archive_price" }>;

async function carryOutOther(stripe: Stripe, change: OtherChange, ids: KnownIds): Promise<unknown> {
  switch (change.kind) {
    case "create_meter": {
      const { id, name, aggregation } = change.meter;
      const made = await makeOrFind(
        () =>
          stripe.billing.meters.create({
            display_name: name,
            event_name: meterEventName(id),
            default_aggregation: { formula: aggregation },
            customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
            value_settings: { event_payload_key: "value" },
          }),
        () => stripe.billing.meters.list({ status: "active", limit: 100 }),
        (meter) => meter.event_name === meterEventName(id),
      );
      return ids.meters.set(id, made.id);
    }
    case "reactivate_meter":
      return stripe.billing.meters.reactivate(change.stripeId);
    case "rename_meter":
      return stripe.billing.meters.update(change.stripeId, { display_name: change.meter.name });
    case "create_feature": {
      const { id, name } = change.feature;
      const made = await makeOrFind(
        () =>
          stripe.entitlements.features.create({ name, lookup_key: id, metadata: { farebox_feature: id } }),
        () => stripe.entitlements.features.list({ lookup_key: id }),
        () => true,
      );
      return ids.features.set(id, made.id);
    }
    case "rename_feature":
      return stripe.entitlements.features.update(change.stripeId, { name: change.feature.name });
    case "archive_feature":
      return stripe.entitlements.features.update(change.stripeId, { active: false });
    case "create_product":
      return createProduct(stripe, change.product);
    case "update_product":
      return stripe.products.update(change.product.id, { ...productFields(change.product), active: true });
    case "archive_product":
      return stripe.products.update(change.productId, { active: false });
    case "attach_feature":
      return makeOrFind(
        () =>
          stripe.products.createFeature(change.productId, {
            entitlement_feature: ids.features.get(change.featureId) ?? "",
          }),
        () => stripe.products.listFeatures(change.productId, { limit: 100 }),
        ({ entitlement_feature: feature }) => feature.lookup_key === change.featureId,
      );
    case "detach_feature":
      return stripe.products.deleteFeature(change.productId, change.attachment).catch(unlessGone);
    case "create_coupon":
      return createCoupon(stripe, change.coupon);
    case "rename_coupon":
      return stripe.coupons.update(change.coupon.stripeId, { name: change.coupon.coupon.name });
    case "create_code":
      return createCode(stripe, change.code);
    case "end_code":
      return stripe.promotionCodes.update(change.stripeId, { active: false });
    case "create_portal": {
      const params = portalParams(change.portal, ids);
      return stripe.billingPortal.configurations.create(params, { idempotencyKey: keyOf("portal", params) });
    }
    case "update_portal":
      return stripe.billingPortal.configurations.update(change.stripeId, {
        ...portalParams(change.portal, ids),
        active: true,
      });
  }
}

/** The key names the price it replaces: going back to an old amount within a day is a new price, not a replay. */
function createPrice(
  stripe: Stripe,
  wanted: WantedPrice,
  replaces: string,
  ids: KnownIds,
): Promise<Stripe.Price> {
  const params = { ...priceParams(wanted, ids.meters), metadata: priceMarks(wanted) };
  return stripe.prices.create(
    { ...params, expand: ["tiers"] },
    { idempotencyKey: keyOf("price", { params, replaces }) },
  );
}

const priceMarks = ({ kind, planId, catalogId, meter, lookupKey }: WantedPrice): Record<string, string> => ({
  farebox_kind: kind,
  farebox_id: catalogId,
  farebox_price: lookupKey,
  ...(planId && { farebox_plan: planId }),
  ...(meter && { farebox_meter: meter }),
});

const productFields = ({ kind, catalogId, name, description, unitLabel }: WantedProduct) => ({
  name,
  description,
  unit_label: unitLabel ?? "",
  metadata: {
    farebox_kind: kind,
    farebox_id: catalogId,
    ...(["plan", "seats", "usage"].includes(kind) && { farebox_plan: catalogId }),
  },
});

/** An archived product of the name is ours or somebody's own: then it stays untouched. */
async function createProduct(stripe: Stripe, wanted: WantedProduct): Promise<void> {
  const { description, unit_label: unitLabel, ...fields } = productFields(wanted);
  try {
    await stripe.products.create({
      id: wanted.id,
      ...fields,
      ...(description && { description }),
      ...(unitLabel && { unit_label: unitLabel }),
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const { metadata } = await stripe.products.retrieve(wanted.id);
    if (metadata.farebox_kind || metadata.farebox_plan) return;
    throw new Error(
      `The product ${wanted.id} was made by hand at Stripe. Give ${wanted.catalogId} another id.`,
    );
  }
}

function unlessGone(error: unknown): void {
  if (!isMissing(error)) throw error;
}

const keyOf = (what: string, params: unknown) =>
  `farebox-catalog-${what}-${createHash("sha256").update(JSON.stringify(params)).digest("hex").slice(0, 32)}`;
