import { invalid, missing } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { hash, text } from "../../http/params";
import { newId } from "../../ids";
import type { Presenter, Tx } from "../../transaction";
import { route } from "../resource";

const url = "/v1/products/:/features";

interface Row {
  id: string;
  product: string;
  feature: string;
}

export const presentProductFeature: Presenter = (read, row) => {
  const { id, feature } = row as Row;
  return {
    id,
    object: "product_feature",
    entitlement_feature: read.get("features", feature),
    livemode: false,
  };
};

function needOf(tx: Tx, product: string, id: string): Row {
  const row = tx.get("product_features", id);
  if (row?.product === product) return row;
  throw missing("product_feature", id, "id", 404);
}

const attach = route(
  "POST",
  url,
  hash({ entitlement_feature: text }, ["entitlement_feature"]),
  ({ tx, params, ids: [product] }) => {
    tx.need("products", product);
    const feature = tx.need("features", params.entitlement_feature, "entitlement_feature");
    if (!feature.active)
      throw invalid("An archived feature cannot be attached.", undefined, "entitlement_feature");
    if (tx.by("product_features", "product", product).some((row) => row.feature === feature.id)) {
      throw invalid(
        "The feature is already attached to the product.",
        "resource_already_exists",
        "entitlement_feature",
      );
    }
    const row = tx.put("product_features", { id: newId("prodft_test"), product, feature: feature.id });
    return tx.view("product_features", row.id);
  },
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [product, id = ""] }) =>
  tx.view("product_features", needOf(tx, product, id).id),
);

const detach = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [product, id = ""] }) => {
  tx.remove("product_features", needOf(tx, product, id).id);
  return { id, object: "product_feature", deleted: true };
});

const index = route("GET", url, hash(pageParams), ({ tx, params, ids: [product] }) => {
  tx.need("products", product);
  const rows = tx.by("product_features", "product", product).reverse();
  return page(tx, "product_features", url.replace(":", product), params, () => true, rows);
});

export const productFeatureRoutes = [attach, retrieve, detach, index];
