import type Stripe from "stripe";
import { foundPrice } from "./found-price";
import type { Found } from "./rules";
import { portalTerms, type WantedOffers } from "./wanted";

const meterPrefix = "farebox_";
const page = { limit: 100 };

/** Meters have no metadata: the name of their events says which are ours. */
export const meterEventName = (meterId: string) => `${meterPrefix}${meterId}`;

/** Reads what catalogues ever made at Stripe, and what stands in the way of this one. Changes nothing. */
export async function readOffers(
  stripe: Stripe,
  wanted: WantedOffers,
): Promise<{ found: Found; prices: Stripe.Price[] }> {
  const [meters, features, products, prices] = await Promise.all([
    readMeters(stripe),
    readFeatures(stripe),
    all(stripe.products.list(page)),
    readPrices(stripe, wanted),
  ]);
  const eventNames = new Map([...meters].map(([id, { stripeId }]) => [stripeId, id]));
  const ours = products.filter(({ metadata }) => metadata.farebox_plan || metadata.farebox_kind);
  const foundPrices = prices.map((price) => foundPrice(price, (meter) => eventNames.get(meter) ?? null));
  const keys = new Map(prices.map(({ id, lookup_key: key }) => [id, key ?? id]));
  const found: Found = {
    meters,
    features,
    products: new Map(
      await Promise.all(
        ours.map(async (product) => [product.id, await readProduct(stripe, product)] as const),
      ),
    ),
    prices: foundPrices,
    coupons: new Map(
      (await all(stripe.coupons.list(page)))
        .filter(({ metadata }) => metadata?.farebox_coupon)
        .map(({ id, name }) => [id, name ?? ""]),
    ),
    codes: await readCodes(stripe),
    portal: await readPortal(stripe, keys),
  };
  return { found, prices: prices.filter((_, at) => foundPrices[at]?.isOurs) };
}

const all = async <Listed>(list: AsyncIterable<Listed>): Promise<Listed[]> => {
  const found: Listed[] = [];
  for await (const entry of list) found.push(entry);
  return found;
};

/** Of several of one name the active one counts, and only one of those can be. */
async function readMeters(stripe: Stripe): Promise<Found["meters"]> {
  const meters = (await all(stripe.billing.meters.list(page))).filter(({ event_name: name }) =>
    name.startsWith(meterPrefix),
  );
  const activeLast = meters.sort((a, b) => Number(a.status === "active") - Number(b.status === "active"));
  return new Map(
    activeLast.map((meter) => [
      meter.event_name.slice(meterPrefix.length),
      {
        stripeId: meter.id,
        name: meter.display_name,
        aggregation: meter.default_aggregation.formula,
        active: meter.status === "active",
      },
    ]),
  );
}

/** One made by hand is used as it is: its key is what an application asks for. */
async function readFeatures(stripe: Stripe): Promise<Found["features"]> {
  const features = await all(stripe.entitlements.features.list(page));
  return new Map(
    features.map(({ id, lookup_key: key, name, metadata }) => [
      key,
      { stripeId: id, name, isOurs: Boolean(metadata.farebox_feature) },
    ]),
  );
}

async function readProduct(stripe: Stripe, product: Stripe.Product) {
  const attached = await all(stripe.products.listFeatures(product.id, page));
  const { id, name, description, active, metadata, unit_label: unitLabel } = product;
  return {
    id,
    name,
    active,
    unitLabel: unitLabel ?? null,
    description: description ?? "",
    kind: metadata.farebox_kind ?? "",
    catalogId: metadata.farebox_id ?? metadata.farebox_plan ?? "",
    attached: new Map(
      attached
        .filter(({ entitlement_feature: feature }) => feature.metadata.farebox_feature)
        .map(({ id: attachment, entitlement_feature: feature }) => [feature.lookup_key, attachment]),
    ),
  };
}

/** Those on sale; and whoever holds a key we want, on sale or not, ours or not. */
async function readPrices(stripe: Stripe, wanted: WantedOffers): Promise<Stripe.Price[]> {
  const expand = ["data.tiers"];
  const active = (await all(stripe.prices.list({ ...page, active: true, expand }))).filter(
    ({ metadata, lookup_key: key }) => key !== null || metadata.farebox_plan || metadata.farebox_kind,
  );
  const held = new Set(active.map(({ lookup_key: key }) => key));
  const missing = wanted.prices.map(({ lookupKey }) => lookupKey).filter((key) => !held.has(key));
  const perCall = 10;
  const calls = Array.from({ length: Math.ceil(missing.length / perCall) }, (_, at) =>
    all(
      stripe.prices.list({
        ...page,
        lookup_keys: missing.slice(at * perCall, (at + 1) * perCall),
        active: false,
        expand,
      }),
    ),
  );
  return [...active, ...(await Promise.all(calls)).flat()];
}

async function readCodes(stripe: Stripe): Promise<Found["codes"]> {
  const codes = await all(stripe.promotionCodes.list({ ...page, active: true }));
  return new Map(
    codes
      .filter(({ customer }) => customer === null)
      .map(({ id, code, metadata }) => [
        code.toLowerCase(),
        { stripeId: id, isOurs: Boolean(metadata?.farebox_code), terms: metadata?.farebox_terms ?? "" },
      ]),
  );
}

async function readPortal(stripe: Stripe, keys: ReadonlyMap<string, string>): Promise<Found["portal"]> {
  const made = await all(stripe.billingPortal.configurations.list(page));
  const ours = made.find(({ metadata }) => metadata?.farebox_portal);
  if (!ours) return null;
  const { features, business_profile: profile, active } = ours;
  const plans = (features.subscription_update.products ?? []).map(({ product, prices }) => ({
    productId: product,
    lookupKeys: prices.map((id) => keys.get(id) ?? id),
  }));
  const terms = portalTerms({
    headline: profile.headline ?? "",
    cancel: features.subscription_cancel.enabled,
    plans,
  });
  return { stripeId: ours.id, terms: active ? terms : "inactive" };
}
