import { ApiError, invalid, missing, notModelled } from "../../http/errors";
import { created, cut, inRange, pageParams } from "../../http/lists";
import { bool, hash } from "../../http/params";
import type { Account } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { type Resource, ref, route } from "../resource";
import { needCapability, needName, presentCapability, requestCapability } from "./capabilities";
import { changeAccount, createAccount, nothingDue, settingsOf } from "./create";
import { createLink } from "./onboard";
import { createParams, updateParams } from "./params";

const url = "/v1/accounts";

/** A connected account sees itself; the platform sees all that are connected to it. */
function need(tx: Tx, id: string): Account {
  const account = tx.account === null || tx.account === id ? tx.get("accounts", id) : undefined;
  if (account) return account;
  throw new ApiError(403, {
    code: "account_invalid",
    message: `The provided key does not have access to account '${id.slice(0, 40)}' (or that account does not exist). Application access may have been revoked.`,
    type: "invalid_request_error",
  });
}

/** The platform itself is not a row: it is what the sandbox was started as. */
function platform(tx: Tx): Account {
  const { id, name, country } = tx.settings.account;
  return {
    id,
    object: "account",
    business_profile: null,
    business_type: "company",
    capabilities: { card_payments: "active", transfers: "active" },
    charges_enabled: true,
    controller: { type: "account" },
    country,
    default_currency: "usd",
    details_submitted: true,
    email: null,
    future_requirements: nothingDue,
    metadata: {},
    payouts_enabled: true,
    requirements: nothingDue,
    settings: settingsOf(name),
    type: "standard",
  };
}

function onPlatform(tx: Tx): void {
  if (tx.account !== null) throw notModelled("accounts of a connected account");
}

const create = route("POST", url, createParams, ({ tx, params }) => {
  onPlatform(tx);
  return tx.view("accounts", createAccount(tx, params).id);
});

const own = route("GET", "/v1/account", hash({}), ({ tx }) =>
  tx.account === null ? platform(tx) : tx.view("accounts", tx.account),
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  if (tx.account === null && id === tx.settings.account.id) return platform(tx);
  return tx.view("accounts", need(tx, id).id);
});

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  need(tx, id);
  changeAccount(tx, id, params);
  tx.within(id, () => tx.emit("account.updated", "accounts", id));
  return tx.view("accounts", id);
});

/** What was to happen in it does not happen any more. */
const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [id] }) => {
  onPlatform(tx);
  need(tx, id);
  tx.within(id, () => {
    for (const timer of [...tx.newestFirst("timers")]) tx.remove("timers", timer.id);
  });
  for (const capability of tx.by("capabilities", "account", id)) tx.remove("capabilities", capability.id);
  tx.remove("accounts", id);
  return tx.put("tombstones", { id, object: "account", deleted: true });
});

const index = route("GET", url, hash({ ...pageParams, created }), ({ tx, params }) => {
  const rows = tx.account === null ? [...tx.newestFirst("accounts")] : [];
  const shown = rows.filter((account) => inRange(account.created ?? 0, params.created));
  return cut(
    url,
    params,
    shown,
    (row) => tx.view("accounts", row.id),
    (id, param) => {
      if (!tx.get("accounts", id)) throw missing("account", id, param);
    },
  );
});

const capabilities = route("GET", `${url}/:/capabilities`, hash({}), ({ tx, ids: [id] }) => {
  need(tx, id);
  const rows = tx.by("capabilities", "account", id);
  return wireList(`${url}/${id}/capabilities`, rows.map(presentCapability));
});

const capability = route("GET", `${url}/:/capabilities/:`, hash({}), ({ tx, ids: [id, name = ""] }) =>
  tx.view("capabilities", needCapability(tx, need(tx, id), name)),
);

const request = route(
  "POST",
  `${url}/:/capabilities/:`,
  hash({ requested: bool }),
  ({ tx, params, ids: [id, name = ""] }) => {
    const account = need(tx, id);
    if (params.requested === undefined)
      throw invalid("Missing required param: requested.", "parameter_missing", "requested");
    requestCapability(tx, id, needName(name), params.requested);
    tx.within(id, () => tx.emit("account.updated", "accounts", id));
    return tx.view("capabilities", needCapability(tx, account, name));
  },
);

export const accounts: Resource = {
  routes: [create, own, retrieve, update, remove, index, capabilities, capability, request, createLink],
  presenters: { capabilities: (_read, row) => presentCapability(row) },
  expansions: { capability: { account: ref("accounts") } },
};
