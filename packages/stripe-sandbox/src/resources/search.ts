import { type Fields, matches, parseQuery, QueryError, type SearchQuery } from "../engine/search-query";
import { invalid } from "../http/errors";
import { limit } from "../http/lists";
import { hash, text } from "../http/params";
import { fingerprintOf } from "../ids";
import type { TableName } from "../tables";
import type { Tx } from "../transaction";
import { type Resource, type Route, route } from "./resource";

type Searched =
  | "customers"
  | "charges"
  | "invoices"
  | "payment_intents"
  | "prices"
  | "products"
  | "subscriptions";

const fieldsOf: Record<Searched, Fields> = {
  charges: {
    amount: "number",
    created: "number",
    currency: "token",
    customer: "token",
    disputed: "boolean",
    metadata: "text",
    "payment_method_details.card.brand": "token",
    "payment_method_details.card.exp_month": "token",
    "payment_method_details.card.exp_year": "token",
    "payment_method_details.card.fingerprint": "token",
    "payment_method_details.card.last4": "token",
    refunded: "boolean",
    status: "token",
  },
  customers: { created: "number", email: "text", metadata: "text", name: "text", phone: "text" },
  invoices: {
    created: "number",
    currency: "token",
    customer: "token",
    last_finalization_error_code: "token",
    last_finalization_error_type: "token",
    metadata: "text",
    number: "text",
    receipt_number: "text",
    status: "text",
    subscription: "token",
    total: "number",
  },
  payment_intents: {
    amount: "number",
    created: "number",
    currency: "token",
    customer: "token",
    metadata: "text",
    status: "token",
  },
  prices: {
    active: "boolean",
    currency: "token",
    lookup_key: "text",
    metadata: "text",
    product: "text",
    type: "text",
  },
  products: {
    active: "boolean",
    description: "text",
    metadata: "text",
    name: "text",
    shippable: "boolean",
    url: "text",
  },
  subscriptions: { canceled_at: "number", created: "number", metadata: "text", status: "text" },
};

/** Fields whose name in a query is not their place in the object. */
const places: Record<string, string> = {
  subscription: "parent.subscription_details.subscription",
  last_finalization_error_code: "last_finalization_error.code",
  last_finalization_error_type: "last_finalization_error.type",
};

function valueAt(row: object, field: string, key: string | undefined): unknown {
  const path = [...(places[field] ?? field).split("."), ...(key === undefined ? [] : [key])];
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined,
    row,
  );
}

function read(table: Searched, query: string): SearchQuery {
  try {
    return parseQuery(query, fieldsOf[table]);
  } catch (error) {
    if (error instanceof QueryError) throw invalid(error.message, undefined, "query");
    throw error;
  }
}

/** New objects are found only after this many seconds, as the index of Stripe comes later. */
export const searchLag = "search_lag_seconds";

function* found(tx: Tx, table: Searched, query: SearchQuery): Generator<{ id: string }> {
  const lag = tx.get("settings", searchLag)?.value ?? 0;
  for (const row of tx.newestFirst(table)) {
    const age = tx.now - row.created;
    if (age >= 0 && age < lag) continue;
    if (matches(query, (field, key) => valueAt(row, field, key))) yield row;
  }
}

/** A page token says after which object to go on, and for which query it was made. */
function pageToken(query: string, last: string): string {
  return Buffer.from(`${fingerprintOf(query)} ${last}`).toString("base64url");
}

function startOf(rows: { id: string }[], query: string, token: string | undefined): number {
  if (token === undefined) return 0;
  const [digest, last] = Buffer.from(token, "base64url").toString().split(" ");
  const at = rows.findIndex((row) => row.id === last);
  if (digest === fingerprintOf(query) && at >= 0) return at + 1;
  throw invalid("The page belongs to another query.", undefined, "page");
}

const params = hash({ limit, page: text, query: text }, ["query"]);

function searchRoute(table: Searched): Route {
  const url = `/v1/${table}/search`;
  return route("GET", url, params, ({ tx, params: given, expand }) => {
    const rows = [...found(tx, table, read(table, given.query))];
    const from = startOf(rows, given.query, given.page);
    const shown = rows.slice(from, from + (given.limit ?? 10));
    const last = shown.at(-1);
    const more = last !== undefined && from + shown.length < rows.length;
    return {
      object: "search_result",
      data: shown.map((row) => tx.view(table as TableName, row.id)),
      has_more: more,
      next_page: more ? pageToken(given.query, last.id) : null,
      ...(expand.includes("total_count") && { total_count: rows.length }),
      url,
    };
  });
}

const searched = Object.keys(fieldsOf) as Searched[];

export const search: Resource = {
  routes: searched.map(searchRoute),
  expansions: { search_result: { total_count: { include: (_read, owner) => owner.total_count } } },
};
