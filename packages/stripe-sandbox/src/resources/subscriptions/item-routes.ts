import { invalid, missing } from "../../http/errors";
import { cut, pageParams } from "../../http/lists";
import { bool, hash, text } from "../../http/params";
import type { Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { route } from "../resource";
import { chargeFields, itemFields } from "./params";
import { updateSubscription } from "./update";

const url = "/v1/subscription_items";
const createParams = hash({ ...itemFields, ...chargeFields, subscription: text }, ["subscription"]);
const updateParams = hash({ ...itemFields, ...chargeFields, off_session: bool });
const removeParams = hash({ ...chargeFields, clear_usage: bool });

const create = route("POST", url, createParams, ({ tx, params }) => {
  const { subscription: id, payment_behavior, proration_behavior, proration_date, ...item } = params;
  const before = tx.need("subscriptions", id, "subscription").items.data.map((row) => row.id);
  updateSubscription(tx, id, {
    ...given({ payment_behavior, proration_behavior, proration_date }),
    items: [item],
  });
  const added = shown(tx, id).find((row) => !before.includes(row.id));
  if (!added)
    throw invalid(
      "The item waits for its payment and is part of pending_update.",
      undefined,
      "payment_behavior",
    );
  return added;
});

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) => itemOf(tx, id));

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  const { payment_behavior, proration_behavior, proration_date, off_session, ...item } = params;
  const settings = given({ payment_behavior, proration_behavior, proration_date, off_session });
  updateSubscription(tx, ownerOf(tx, id).id, { ...settings, items: [{ ...item, id }] });
  return itemOf(tx, id);
});

const remove = route("DELETE", `${url}/:`, removeParams, ({ tx, params, ids: [id] }) => {
  const { clear_usage = false, ...settings } = params;
  updateSubscription(tx, ownerOf(tx, id).id, { ...settings, items: [{ id, deleted: true, clear_usage }] });
  return { id, object: "subscription_item", deleted: true };
});

const listParams = hash({ ...pageParams, subscription: text }, ["subscription"]);
const index = route("GET", url, listParams, ({ tx, params }) => {
  tx.need("subscriptions", params.subscription, "subscription");
  const data = shown(tx, params.subscription);
  return cut(
    url,
    params,
    data,
    (item) => item,
    (id, param) => {
      if (!data.some((item) => item.id === id)) throw missing("subscription item", id, param);
    },
  );
});

/** Without the keys that were not given, so that they are not taken for given. */
function given<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

function ownerOf(tx: Tx, item: string): Subscription {
  for (const row of tx.newestFirst("subscriptions")) {
    if (row.items.data.some((candidate) => candidate.id === item)) return row;
  }
  throw missing("subscription item", item, "id", 404);
}

function shown(tx: Tx, id: string) {
  return (tx.view("subscriptions", id) as Subscription).items.data;
}

function itemOf(tx: Tx, id: string) {
  return shown(tx, ownerOf(tx, id).id).find((item) => item.id === id);
}

export const itemRoutes = [create, retrieve, update, remove, index];
