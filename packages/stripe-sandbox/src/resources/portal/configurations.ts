import { invalid } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { bool, hash, mergeMetadata } from "../../http/params";
import { newId, randomText } from "../../ids";
import type { PortalConfiguration } from "../../tables";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { type ConfigurationGiven, createParams, updateParams } from "./configuration-params";
import { changeFeatures, nothingAllowed } from "./features";

const url = "/v1/billing_portal/configurations";

const create = route("POST", url, createParams, ({ tx, params }) => {
  const { id } = tx.put("portal_configurations", {
    id: newId("bpc"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: tx.now,
    default_return_url: null,
    features: nothingAllowed,
    is_default: isTheDefault(tx),
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: tx.now,
  });
  tx.patch("portal_configurations", id, changes(tx, id, params));
  tx.emit("billing_portal.configuration.created", "portal_configurations", id);
  return tx.view("portal_configurations", id);
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) =>
  tx.need("portal_configurations", id),
);

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const { is_default: isDefault } = tx.need("portal_configurations", id);
  if (isDefault && params.active === false)
    throw invalid("The default configuration cannot be deactivated.", undefined, "active");
  tx.patch("portal_configurations", id, { ...changes(tx, id, params), updated: tx.now });
  tx.emit("billing_portal.configuration.updated", "portal_configurations", id);
  return tx.view("portal_configurations", id);
});

const listParams = hash({ ...pageParams, active: bool, is_default: bool });
const index = route("GET", url, listParams, ({ tx, params }) =>
  page(
    tx,
    "portal_configurations",
    url,
    params,
    (row) =>
      row.active === (params.active ?? row.active) &&
      row.is_default === (params.is_default ?? row.is_default),
  ),
);

export const configurationRoutes = [create, retrieve, update, index];

function changes(tx: Tx, id: string, given: ConfigurationGiven): Partial<PortalConfiguration> {
  const before = tx.need("portal_configurations", id);
  const { active, business_profile: business, features, login_page: login } = given;
  return {
    ...(active !== undefined && { active }),
    ...(business && { business_profile: { ...before.business_profile, ...business } }),
    ...(given.default_return_url !== undefined && { default_return_url: given.default_return_url }),
    ...(features && { features: changeFeatures(tx, before.features, features) }),
    ...(login && { login_page: loginPage(tx, before, login.enabled) }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(before.metadata, given.metadata) }),
    ...(given.name !== undefined && { name: given.name }),
  };
}

function loginPage(tx: Tx, before: PortalConfiguration, enabled: boolean): PortalConfiguration["login_page"] {
  const url = before.login_page.url ?? `${tx.settings.url}/p/login/test_${randomText(24)}`;
  return { enabled, url: enabled ? url : null };
}

/** In a live account the Dashboard saves the default; without one, the first that is made is it. */
function isTheDefault(tx: Tx): boolean {
  for (const row of tx.newestFirst("portal_configurations")) if (row.is_default) return false;
  return true;
}
