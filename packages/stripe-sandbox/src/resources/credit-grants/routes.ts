import { invalid } from "../../http/errors";
import { page, pageParams } from "../../http/lists";
import { clearable, hash, int, mergeMetadata, metadata, text } from "../../http/params";
import { newId } from "../../ids";
import type { CreditBalanceTransaction, CreditGrant } from "../../tables";
import type { Tx } from "../../transaction";
import { type Resource, ref, route } from "../resource";
import { expireGrant, voidGrant } from "./end";
import { recordCredit } from "./ledger";
import { checkGrant, createParams } from "./params";
import { summary } from "./summary";

const url = "/v1/billing/credit_grants";
const create = route("POST", url, createParams, ({ tx, params }) => {
  const customer = checkGrant(tx, params);
  const { monetary } = params.amount;
  const row = tx.put("credit_grants", {
    id: newId("credgr"),
    object: "billing.credit_grant",
    amount: { monetary, type: "monetary" },
    applicability_config: { scope: params.applicability_config.scope },
    category: params.category ?? "paid",
    created: tx.now,
    customer,
    customer_account: null,
    effective_at: params.effective_at ?? tx.now,
    expires_at: params.expires_at ?? null,
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    name: params.name ?? null,
    priority: params.priority ?? 50,
    test_clock: tx.need("customers", customer).test_clock ?? null,
    updated: tx.now,
    voided_at: null,
  });
  tx.emit("billing.credit_grant.created", "credit_grants", row.id);
  recordCredit(tx, row, {
    type: "credit",
    reason: "credits_granted",
    amount: monetary.value,
    effectiveAt: row.effective_at ?? tx.now,
  });
  planExpiry(tx, row);
  return tx.view("credit_grants", row.id);
});

function planExpiry(tx: Tx, { id, expires_at: at }: CreditGrant): void {
  tx.unschedule(id, "credit_grant.expire");
  if (at !== null) tx.schedule((at - tx.now) * 1000, "credit_grant.expire", id);
}

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => tx.view("credit_grants", id));

const updateParams = hash({ expires_at: clearable(int), metadata });
const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const grant = tx.need("credit_grants", id);
  const { expires_at: at, metadata: pairs } = params;
  if (at && at <= tx.now) throw invalid("expires_at must be in the future.", undefined, "expires_at");
  const row = tx.patch("credit_grants", id, {
    ...(at !== undefined && { expires_at: at }),
    ...(pairs !== undefined && { metadata: mergeMetadata(grant.metadata, pairs) }),
    updated: tx.now,
  });
  if (at !== undefined) planExpiry(tx, row);
  tx.emit("billing.credit_grant.updated", "credit_grants", id);
  return tx.view("credit_grants", id);
});

const expire = route("POST", `${url}/:/expire`, hash({}), ({ tx, ids: [id] }) => {
  expireGrant(tx, id);
  return tx.view("credit_grants", id);
});

const voidRoute = route("POST", `${url}/:/void`, hash({}), ({ tx, ids: [id] }) => {
  voidGrant(tx, id);
  return tx.view("credit_grants", id);
});

const listParams = hash({ ...pageParams, customer: text, customer_account: text });
const index = route("GET", url, listParams, ({ tx, params }) =>
  page(tx, "credit_grants", url, params, (row) => (params.customer ?? row.customer) === row.customer),
);

const entries = "/v1/billing/credit_balance_transactions";
const entry = route("GET", `${entries}/:`, hash({}), ({ tx, ids: [id] }) =>
  tx.view("credit_balance_transactions", id),
);
const entriesParams = hash({ ...pageParams, credit_grant: text, customer: text, customer_account: text });
const entryIndex = route("GET", entries, entriesParams, ({ tx, params }) => {
  const matches = (row: CreditBalanceTransaction) =>
    (params.credit_grant ?? row.credit_grant) === row.credit_grant &&
    (params.customer === undefined ||
      tx.get("credit_grants", row.credit_grant)?.customer === params.customer);
  return page(tx, "credit_balance_transactions", entries, params, matches);
});

export const creditGrants: Resource = {
  routes: [create, retrieve, update, expire, voidRoute, index, entry, entryIndex, summary],
  timers: { "credit_grant.expire": expireGrant },
  expansions: {
    "billing.credit_grant": { customer: ref("customers"), test_clock: ref("test_clocks") },
    "billing.credit_balance_transaction": {
      credit_grant: ref("credit_grants"),
      test_clock: ref("test_clocks"),
      "debit.credits_applied.invoice": ref("invoices"),
    },
    "billing.credit_balance_summary": { customer: ref("customers") },
  },
};
