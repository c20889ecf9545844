import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox, type Sandbox } from "@farebox/stripe-sandbox";
import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { catalog } from "../catalog";
import { openStripe } from "../stripe/client";
import { type BareBilling, bareBilling } from "../testing/bare-billing";
import { applyCatalog } from "./apply-catalog";
import { CatalogError } from "./check-catalog";
import { compareCatalog } from "./compare-catalog";
import { priceList, wantedProducts } from "./price-list";

let billing: BareBilling;
let other: BareBilling;
let sandbox: Sandbox;
let stripe: Stripe;

beforeAll(async () => {
  [billing, other] = await Promise.all([bareBilling(), bareBilling()]);
});
afterAll(() => Promise.all([billing.close(), other.close()]));
beforeEach(async () => {
  sandbox = await createSandbox({ port: 0 });
  stripe = openStripe({ secretKey: sandbox.secretKey, apiBase: sandbox.url });
});
afterEach(() => sandbox.close());

/** Everything there is of the catalogue at Stripe, counted; twice of anything would show. */
async function offers() {
  const page = { limit: 100 };
  const [products, prices, meters, features, coupons, codes, portals] = await Promise.all([
    stripe.products.list(page),
    stripe.prices.list({ ...page, active: true }),
    stripe.billing.meters.list(page),
    stripe.entitlements.features.list(page),
    stripe.coupons.list(page),
    stripe.promotionCodes.list({ ...page, active: true }),
    stripe.billingPortal.configurations.list(page),
  ]);
  const attached = await Promise.all(products.data.map(({ id }) => stripe.products.listFeatures(id, page)));
  return {
    products: products.data.length,
    prices: prices.data.map(({ lookup_key: key }) => key).sort(),
    meters: meters.data.map(({ event_name: name }) => name),
    features: features.data.map(({ lookup_key: key }) => key).sort(),
    attached: attached.flatMap(({ data }) => data).length,
    coupons: coupons.data.length,
    codes: codes.data.map(({ code }) => code).sort(),
    portals: portals.data.length,
  };
}

const attachments = [...Object.values(catalog.plans), catalog.addOns.sso].flatMap(({ features }) => [
  ...features,
]);
const everything = {
  products: wantedProducts(catalog).length,
  prices: priceList(catalog)
    .map(({ lookupKey }) => lookupKey)
    .sort(),
  meters: ["farebox_api_calls"],
  features: Object.keys(catalog.features).sort(),
  attached: attachments.length,
  coupons: Object.keys(catalog.coupons).length,
  codes: Object.keys(catalog.promotionCodes).sort(),
  portals: 1,
};

/** Passes on that many writes and then, for good, nothing; of the last one it may keep the answer to itself. */
async function cutAfter(writes: number, losesAnswer: boolean): Promise<{ url: string; close(): void }> {
  let left = writes;
  const server: Server = createServer((incoming, outgoing) => {
    const isWrite = incoming.method === "POST";
    if (isWrite) left -= 1;
    const isLast = isWrite && left === 0;
    if (left < 0 || (isLast && !losesAnswer)) {
      incoming.socket.destroy();
      return;
    }
    const { method, headers, url } = incoming;
    const onward = request(new URL(url ?? "/", sandbox.url), { method, headers }, (answer) => {
      if (isLast) {
        incoming.socket.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => incoming.socket.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe("an apply that dies on its way", () => {
  it.each([1, 2, 6, 7, 19, 36, 70, 116, 119, 118].map((writes, at) => [writes, at % 2 === 1] as const))(
    "at write %i, its answer lost: %s, is finished by the next",
    async (writes, losesAnswer) => {
      const cut = await cutAfter(writes, losesAnswer);
      const dying = openStripe({ secretKey: sandbox.secretKey, apiBase: cut.url });
      await expect(applyCatalog({ ...billing, stripe: dying })).rejects.toThrow();
      cut.close();
      expect((await applyCatalog({ ...billing, stripe })).changes).toBeGreaterThan(0);
      expect(await offers()).toEqual(everything);
      expect((await applyCatalog({ ...billing, stripe })).changes).toBe(0);
      const onSale = await billing.db.price.findMany({ where: { lookupKey: { not: null } } });
      expect(onSale.map(({ lookupKey }) => lookupKey).sort()).toEqual(everything.prices);
    },
  );
});

describe("two applies at once", () => {
  it("of one database take turns", async () => {
    const applied = await Promise.all([1, 2].map(() => applyCatalog({ ...billing, stripe })));
    expect(applied.map(({ changes }) => changes === 0).sort()).toEqual([false, true]);
    expect(await offers()).toEqual(everything);
  });

  it("that know nothing of each other make everything once", async () => {
    const two = [billing, other].map((each) => applyCatalog({ ...each, stripe }));
    await Promise.all(two);
    expect(await offers()).toEqual(everything);
    for (const each of [billing, other]) {
      expect((await applyCatalog({ ...each, stripe })).changes).toBe(0);
      expect(await each.db.price.count({ where: { lookupKey: { not: null }, active: true } })).toBe(
        everything.prices.length,
      );
    }
  });
});

describe("what somebody made by hand", () => {
  it("and stands in the way is told, and nothing is changed", async () => {
    const product = await stripe.products.create({ name: "By hand" });
    const price = await stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: 1,
      recurring: { interval: "month" },
      lookup_key: "growth_month_usd",
    });
    await stripe.billing.meters.create({
      display_name: "API calls",
      event_name: "farebox_api_calls",
      default_aggregation: { formula: "count" },
    });
    const problems = await applyCatalog({ ...billing, stripe }).catch((error: unknown) => error);
    expect(problems).toBeInstanceOf(CatalogError);
    expect((problems as CatalogError).problems).toEqual([
      "meter api_calls: Stripe adds it up by count, which cannot change. Give sum a meter of its own.",
      `price growth_month_usd: ${price.id} has this lookup key and was made by hand.`,
    ]);
    const writes = sandbox
      .calls()
      .filter(({ method, path }) => method === "POST" && !/meters|prices$|products$/.test(path));
    expect(writes).toEqual([]);
    expect((await stripe.prices.list({ lookup_keys: ["growth_month_usd"] })).data[0]?.id).toBe(price.id);
  });

  it("with an id of ours is told too", async () => {
    await stripe.products.create({ id: "farebox_growth", name: "Something else" });
    await expect(applyCatalog({ ...billing, stripe })).rejects.toThrow(
      "farebox_growth was made by hand at Stripe",
    );
    expect((await stripe.products.retrieve("farebox_growth")).name).toBe("Something else");
  });

  it("beside ours stays: a feature, its attachment, a coupon, a code and a portal configuration", async () => {
    await applyCatalog({ ...billing, stripe });
    const feature = await stripe.entitlements.features.create({ name: "Own", lookup_key: "own" });
    await stripe.products.createFeature("farebox_growth", { entitlement_feature: feature.id });
    const coupon = await stripe.coupons.create({ percent_off: 5, duration: "once" });
    await stripe.promotionCodes.create({ code: "OWN", promotion: { type: "coupon", coupon: coupon.id } });
    await stripe.billingPortal.configurations.create({ features: { invoice_history: { enabled: true } } });
    expect((await compareCatalog({ stripe })).changes).toEqual([]);
  });
});

it("what was taken away by hand comes back, and what changed is put right", async () => {
  await applyCatalog({ ...billing, stripe });
  const [meter] = (await stripe.billing.meters.list()).data;
  await stripe.billing.meters.deactivate(meter?.id ?? "");
  const [code] = (await stripe.promotionCodes.list({ code: "WELCOME20", active: true })).data;
  await stripe.promotionCodes.update(code?.id ?? "", { active: false });
  const [feature] = (await stripe.entitlements.features.list({ lookup_key: "audit_log" })).data;
  await stripe.entitlements.features.update(feature?.id ?? "", { name: "Renamed" });
  const [attachment] = (await stripe.products.listFeatures("farebox_scale")).data;
  await stripe.products.deleteFeature("farebox_scale", attachment?.id ?? "");
  const [portal] = (await stripe.billingPortal.configurations.list()).data;
  await stripe.billingPortal.configurations.update(portal?.id ?? "", {
    business_profile: { headline: "Other" },
  });
  const { changes } = await compareCatalog({ stripe });
  expect(changes.map(({ kind }) => kind)).toEqual([
    "reactivate_meter",
    "rename_feature",
    "attach_feature",
    "create_code",
    "update_portal",
  ]);
  await applyCatalog({ ...billing, stripe });
  expect(await offers()).toEqual(everything);
});
