import { invalid } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { bool, hash, mergeMetadata, metadata, type Parser, text } from "../../http/params";
import { newId } from "../../ids";
import type { Feature } from "../../tables";
import type { Tx } from "../../transaction";
import { route } from "../resource";

const url = "/v1/entitlements/features";

const upTo =
  (length: number): Parser<string> =>
  (raw, path) => {
    const value = text(raw, path);
    if (value.length <= length) return value;
    throw invalid(`${path} can have up to ${length} characters.`, undefined, path);
  };

/** The key of an archived feature is free again. */
function requireFreeKey(tx: Tx, key: string): void {
  const taken = tx.by("features", "lookup_key", key).find(({ active }) => active);
  if (!taken) return;
  throw invalid(
    `The feature ${taken.id} already uses the lookup key ${key}.`,
    "resource_already_exists",
    "lookup_key",
  );
}

const createParams = hash({ lookup_key: upTo(80), metadata, name: upTo(80) }, ["lookup_key", "name"]);
const create = route("POST", url, createParams, ({ tx, params }) => {
  requireFreeKey(tx, params.lookup_key);
  return tx.put("features", {
    id: newId("feat_test"),
    object: "entitlements.feature",
    active: true,
    livemode: false,
    lookup_key: params.lookup_key,
    metadata: mergeMetadata(null, params.metadata),
    name: params.name,
  });
});

const updateParams = hash({ active: bool, metadata, name: upTo(80) });
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const feature = tx.need("features", id);
  if (params.active && !feature.active)
    throw invalid("An archived feature cannot be active again. Create a new one.", undefined, "active");
  tx.patch("features", id, {
    ...(params.active !== undefined && { active: params.active }),
    ...(params.name && { name: params.name }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(feature.metadata, params.metadata) }),
  });
  return tx.view("features", id);
});

const listParams = hash({ ...pageParams, archived: bool, lookup_key: text });
const index = route("GET", url, listParams, ({ tx, params }) => {
  const matches = (feature: Feature) =>
    feature.active === !(params.archived ?? false) &&
    (params.lookup_key ?? feature.lookup_key) === feature.lookup_key;
  return page(tx, "features", url, params, matches);
});

export const featureRoutes = [
  create,
  route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("features", id)),
  update,
  index,
];
