import type { WantedPrice, WantedProduct } from "./price-list";
import type { Rate } from "./pricing";
import type {
  WantedCode,
  WantedCoupon,
  WantedFeature,
  WantedMeter,
  WantedOffers,
  WantedPortal,
} from "./wanted";

/** What Stripe has, reduced to what the catalogue says about it. */
export interface FoundProduct extends Omit<WantedProduct, "features" | "kind"> {
  kind: string;
  active: boolean;
  /** Of the features the catalogue made, those that are attached, with the id of the attachment. */
  attached: ReadonlyMap<string, string>;
}

export interface FoundPrice extends Rate {
  id: string;
  productId: string;
  active: boolean;
  /** Made by a catalogue, not by hand. */
  isOurs: boolean;
  /** The key it was made for; Stripe's own lookup key moves to its replacement. */
  madeFor: string;
  lookupKey: string | null;
  kind: string;
  planId: string | null;
  catalogId: string;
  meter: string | null;
  interval: string | null;
  currency: string;
}

export interface Found {
  /** By the id of the catalogue. */
  meters: Map<string, { stripeId: string; name: string; aggregation: string; active: boolean }>;
  features: Map<string, { stripeId: string; name: string; isOurs: boolean }>;
  products: Map<string, FoundProduct>;
  prices: FoundPrice[];
  /** Their names, by Stripe's id. */
  coupons: Map<string, string>;
  /** Active ones, by their code in small letters. */
  codes: Map<string, { stripeId: string; isOurs: boolean; terms: string }>;
  portal: { stripeId: string; terms: string } | null;
}

export type CatalogChange =
  | { kind: "create_meter"; meter: WantedMeter }
  | { kind: "reactivate_meter"; meter: WantedMeter; stripeId: string }
  | { kind: "rename_meter"; meter: WantedMeter; stripeId: string; was: string }
  | { kind: "create_feature"; feature: WantedFeature }
  | { kind: "rename_feature"; feature: WantedFeature; stripeId: string; was: string }
  | { kind: "create_product"; product: WantedProduct }
  | { kind: "update_product"; product: WantedProduct; was: FoundProduct }
  | { kind: "attach_feature"; productId: string; featureId: string }
  | { kind: "detach_feature"; productId: string; featureId: string; attachment: string }
  | { kind: "create_price"; price: WantedPrice; replaces: FoundPrice | null }
  | { kind: "update_price"; price: WantedPrice; found: FoundPrice }
  | { kind: "archive_price"; price: FoundPrice }
  | { kind: "archive_product"; productId: string }
  | { kind: "archive_feature"; featureId: string; stripeId: string }
  | { kind: "create_coupon"; coupon: WantedCoupon }
  | { kind: "rename_coupon"; coupon: WantedCoupon; was: string }
  | { kind: "end_code"; code: string; stripeId: string }
  | { kind: "create_code"; code: WantedCode }
  | { kind: "create_portal"; portal: WantedPortal }
  | { kind: "update_portal"; portal: WantedPortal; stripeId: string };

/** What Stripe does not allow, or what somebody made by hand and is not ours to change. */
export function conflictsOf(wanted: WantedOffers, found: Found): string[] {
  const meters = wanted.meters.flatMap((meter) => {
    const existing = found.meters.get(meter.id);
    return existing && existing.aggregation !== meter.aggregation
      ? [
          `meter ${meter.id}: Stripe adds it up by ${existing.aggregation}, which cannot change. Give ${meter.aggregation} a meter of its own.`,
        ]
      : [];
  });
  const keys = new Set(wanted.prices.map(({ lookupKey }) => lookupKey));
  const prices = found.prices
    .filter(({ isOurs, lookupKey }) => !isOurs && lookupKey !== null && keys.has(lookupKey))
    .map(({ id, lookupKey }) => `price ${lookupKey}: ${id} has this lookup key and was made by hand.`);
  const codes = wanted.codes
    .filter(({ code }) => found.codes.get(code.toLowerCase())?.isOurs === false)
    .map(({ code }) => `promotion code ${code}: an active one was made by hand.`);
  return [...meters, ...prices, ...codes];
}

/** The steps from what is found to what is wanted, in the order they must be taken; none when they agree. */
export function catalogChanges(wanted: WantedOffers, found: Found): CatalogChange[] {
  const prices = priceChanges(wanted.prices, found.prices);
  return [
    ...wanted.meters.flatMap((meter) => meterChange(meter, found)),
    ...wanted.features.flatMap((feature) => featureChange(feature, found)),
    ...wanted.products.flatMap((product) => productChange(product, found)),
    ...wanted.products.flatMap((product) => attachments(product, found)),
    ...prices,
    ...surplus(wanted, found),
    ...wanted.coupons.flatMap((coupon) => couponChange(coupon, found)),
    ...codeChanges(wanted.codes, found),
    ...portalChange(wanted.portal, found, prices),
  ];
}

function meterChange(meter: WantedMeter, { meters }: Found): CatalogChange[] {
  const existing = meters.get(meter.id);
  if (!existing) return [{ kind: "create_meter", meter }];
  const { stripeId, active, name } = existing;
  return [
    ...(active ? [] : [{ kind: "reactivate_meter" as const, meter, stripeId }]),
    ...(name === meter.name ? [] : [{ kind: "rename_meter" as const, meter, stripeId, was: name }]),
  ];
}

function featureChange(feature: WantedFeature, { features }: Found): CatalogChange[] {
  const existing = features.get(feature.id);
  if (!existing) return [{ kind: "create_feature", feature }];
  const { stripeId, isOurs, name } = existing;
  return name === feature.name || !isOurs ? [] : [{ kind: "rename_feature", feature, stripeId, was: name }];
}

function productChange(product: WantedProduct, { products }: Found): CatalogChange[] {
  const was = products.get(product.id);
  if (!was) return [{ kind: "create_product", product }];
  const same =
    was.active &&
    was.name === product.name &&
    was.description === product.description &&
    was.unitLabel === product.unitLabel &&
    was.kind === product.kind &&
    was.catalogId === product.catalogId;
  return same ? [] : [{ kind: "update_product", product, was }];
}

function attachments({ id: productId, features }: WantedProduct, { products }: Found): CatalogChange[] {
  const attached = products.get(productId)?.attached ?? new Map<string, string>();
  return [
    ...features
      .filter((featureId) => !attached.has(featureId))
      .map((featureId): CatalogChange => ({ kind: "attach_feature", productId, featureId })),
    ...[...attached]
      .filter(([featureId]) => !features.includes(featureId))
      .map(
        ([featureId, attachment]): CatalogChange => ({
          kind: "detach_feature",
          productId,
          featureId,
          attachment,
        }),
      ),
  ];
}

/** A price is never edited, only replaced: who has it keeps it. */
function priceChanges(wanted: WantedPrice[], found: FoundPrice[]): CatalogChange[] {
  const holders = new Map(found.map((price) => [price.lookupKey, price]));
  const kept = new Set<string>();
  const steps = wanted.flatMap((price): CatalogChange[] => {
    const holder = holders.get(price.lookupKey) ?? null;
    if (!holder || !sameTerms(price, holder)) return [{ kind: "create_price", price, replaces: holder }];
    kept.add(holder.id);
    return holder.active && sameMarks(price, holder) ? [] : [{ kind: "update_price", price, found: holder }];
  });
  const left = found.filter(({ id, isOurs, active }) => isOurs && active && !kept.has(id));
  return [...steps, ...left.map((price): CatalogChange => ({ kind: "archive_price", price }))];
}

const sameTerms = (wanted: WantedPrice, found: FoundPrice) => termsOf(wanted) === termsOf(found);

const termsOf = (price: WantedPrice | FoundPrice): string => {
  const { productId, interval, currency, meter, unitAmount, tiersMode, tiers, packageSize, packageRound } =
    price;
  const steps = tiers?.map(({ upTo, unit, flat }) => [upTo, unit, flat]) ?? null;
  const rate = [unitAmount, tiersMode, steps, packageSize, packageRound];
  return JSON.stringify([productId, interval, currency, meter, rate]);
};

/** What is written on a price may be corrected; prices of before these marks have none. */
const sameMarks = (wanted: WantedPrice, found: FoundPrice) =>
  wanted.kind === found.kind && wanted.catalogId === found.catalogId && wanted.planId === found.planId;

/** Meters stay: subscribers with an old price still report usage to them. So do coupons, which nobody can redeem without a code. */
function surplus(wanted: WantedOffers, found: Found): CatalogChange[] {
  const products = new Set(wanted.products.map(({ id }) => id));
  const features = new Set(wanted.features.map(({ id }) => id));
  return [
    ...[...found.products.values()]
      .filter(({ id, active }) => active && !products.has(id))
      .map(({ id }): CatalogChange => ({ kind: "archive_product", productId: id })),
    ...[...found.features]
      .filter(([id, { isOurs }]) => isOurs && !features.has(id))
      .map(([featureId, { stripeId }]): CatalogChange => ({ kind: "archive_feature", featureId, stripeId })),
  ];
}

function codeChanges(wanted: WantedCode[], { codes }: Found): CatalogChange[] {
  const keep = new Set<string>();
  const fresh = wanted.filter(({ code, terms }) => {
    const key = code.toLowerCase();
    const same = codes.get(key)?.terms === terms;
    if (same) keep.add(key);
    return !same;
  });
  const ended = [...codes].filter(([key, { isOurs }]) => isOurs && !keep.has(key));
  return [
    ...ended.map(([code, { stripeId }]): CatalogChange => ({ kind: "end_code", code, stripeId })),
    ...fresh.map((code): CatalogChange => ({ kind: "create_code", code })),
  ];
}

function couponChange(coupon: WantedCoupon, { coupons }: Found): CatalogChange[] {
  const was = coupons.get(coupon.stripeId);
  if (was === undefined) return [{ kind: "create_coupon", coupon }];
  return was === coupon.coupon.name ? [] : [{ kind: "rename_coupon", coupon, was }];
}

/** A price that is replaced must be replaced on Stripe's page too. */
function portalChange(portal: WantedPortal | null, found: Found, prices: CatalogChange[]): CatalogChange[] {
  if (!portal) return [];
  if (!found.portal) return [{ kind: "create_portal", portal }];
  const shown = new Set(portal.plans.flatMap(({ lookupKeys }) => lookupKeys));
  const replaced = prices.some(
    (change) => change.kind === "create_price" && shown.has(change.price.lookupKey),
  );
  if (found.portal.terms === portal.terms && !replaced) return [];
  return [{ kind: "update_portal", portal, stripeId: found.portal.stripeId }];
}
