import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import {
  bool,
  clearable,
  currency,
  hash,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  unsupported,
} from "../../http/params";
import type { Price } from "../../tables";
import { planOf } from "../plans";
import { type Resource, ref, route } from "../resource";
import { newPrice, takeLookupKey } from "./create";
import { createSpec, taxBehavior } from "./params";
import { presentPrice } from "./read";

const create = route("POST", "/v1/prices", hash(createSpec, ["currency"]), ({ tx, params }) =>
  tx.view("prices", newPrice(tx, params).id),
);

const retrieve = route("GET", "/v1/prices/:", hash({}), ({ tx, ids: [id] }) => tx.view("prices", id));

const updateParams = hash({
  active: bool,
  currency_options: unsupported,
  lookup_key: clearable(text),
  metadata,
  nickname: clearable(text),
  tax_behavior: taxBehavior,
  transfer_lookup_key: bool,
});
const update = route("POST", "/v1/prices/:", updateParams, ({ tx, params, ids: [id] }) => {
  const price = tx.need("prices", id);
  const {
    metadata: data,
    transfer_lookup_key: transfer = false,
    tax_behavior: tax,
    currency_options,
    ...plain
  } = params;
  if (tax && price.tax_behavior !== "unspecified" && tax !== price.tax_behavior) {
    throw invalid("The tax behavior of a price can be set only once.", undefined, "tax_behavior");
  }
  takeLookupKey(tx, plain.lookup_key, transfer, id);
  tx.patch("prices", id, {
    ...plain,
    ...(tax && { tax_behavior: tax }),
    ...(data !== undefined && { metadata: mergeMetadata(price.metadata, data) }),
  });
  if (price.recurring) tx.emit("plan.updated", "prices", id, (row) => planOf(row as Price));
  tx.emit("price.updated", "prices", id);
  return tx.view("prices", id);
});

const listParams = hash({
  ...pageParams,
  active: bool,
  created,
  currency,
  lookup_keys: list(text),
  product: text,
  recurring: hash({ interval: text, usage_type: text, meter: text }),
  type: oneOf("one_time", "recurring"),
});
const index = route("GET", "/v1/prices", listParams, ({ tx, params }) =>
  page(tx, "prices", "/v1/prices", params, (price) => {
    if (params.active !== undefined && price.active !== params.active) return false;
    if (params.product !== undefined && price.product !== params.product) return false;
    if (params.type !== undefined && price.type !== params.type) return false;
    if (params.currency !== undefined && price.currency !== params.currency) return false;
    if (params.lookup_keys && !params.lookup_keys.includes(price.lookup_key ?? "")) return false;
    const { interval, usage_type: usage, meter } = params.recurring ?? {};
    if (interval && price.recurring?.interval !== interval) return false;
    if (usage && price.recurring?.usage_type !== usage) return false;
    if (meter && price.recurring?.meter !== meter) return false;
    return inRange(price.created, params.created);
  }),
);

export const prices: Resource = {
  routes: [create, retrieve, update, index],
  presenters: { prices: (_read, row) => presentPrice(row as Price) },
  expansions: {
    price: {
      product: ref("products"),
      currency_options: { include: (read, owner) => read.get("prices", String(owner.id))?.currency_options },
      tiers: { include: (read, owner) => read.get("prices", String(owner.id))?.tiers },
    },
    plan: { product: ref("products") },
  },
};
