import { page, pageParams } from "../../http/lists";
import { hash, text } from "../../http/params";
import type { Tables } from "../../tables";
import { type Resource, ref, route } from "../resource";
import { featureRoutes } from "./features";
import { activeUrl, deriveEntitlements, presentEntitlement } from "./grant";
import { presentProductFeature, productFeatureRoutes } from "./product-features";

const retrieve = route("GET", `${activeUrl}/:`, hash({}), ({ tx, ids: [id] }) =>
  tx.view("active_entitlements", id),
);

const index = route(
  "GET",
  activeUrl,
  hash({ ...pageParams, customer: text }, ["customer"]),
  ({ tx, params }) => {
    tx.need("customers", params.customer, "customer");
    const rows = tx.by("active_entitlements", "customer", params.customer).reverse();
    return page(tx, "active_entitlements", activeUrl, params, () => true, rows);
  },
);

export const entitlements: Resource = {
  routes: [...featureRoutes, ...productFeatureRoutes, retrieve, index],
  presenters: {
    product_features: presentProductFeature,
    active_entitlements: (_read, row) => presentEntitlement(row as Tables["active_entitlements"]),
  },
  expansions: { "entitlements.active_entitlement": { feature: ref("features") } },
  derive: deriveEntitlements,
};
