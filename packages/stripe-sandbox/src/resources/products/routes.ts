import { invalid } from "../../http/errors";
import { created, inRange, page, pageParams } from "../../http/lists";
import {
  bool,
  clearable,
  currency,
  hash,
  type Infer,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  text,
  unsupported,
} from "../../http/params";
import type { Product } from "../../tables";
import { newPrice } from "../prices/create";
import { amountParams, recurringParams } from "../prices/params";
import { type Resource, ref, route } from "../resource";
import { newProduct } from "./create";

const editable = {
  active: bool,
  description: clearable(text),
  images: list(text),
  marketing_features: list(hash({ name: text }, ["name"])),
  metadata,
  name: text,
  package_dimensions: unsupported,
  shippable: bool,
  statement_descriptor: clearable(text),
  tax_code: clearable(text),
  tax_details: unsupported,
  unit_label: clearable(text),
  url: clearable(text),
};
const defaultPriceParams = hash(
  {
    ...amountParams,
    currency,
    metadata,
    recurring: recurringParams,
    tax_behavior: oneOf("inclusive", "exclusive", "unspecified"),
    custom_unit_amount: unsupported,
  },
  ["currency"],
);

function changes(product: Product, given: Infer<typeof editable>): Partial<Product> {
  const { metadata: data, package_dimensions, tax_details, ...plain } = given;
  return { ...plain, ...(data !== undefined && { metadata: mergeMetadata(product.metadata, data) }) };
}

const createParams = hash(
  { ...editable, id: text, default_price_data: defaultPriceParams, type: oneOf("service", "good") },
  ["name"],
);

const create = route("POST", "/v1/products", createParams, ({ tx, params }) => {
  const { id: wanted, default_price_data: priceData, type = "service", ...given } = params;
  const product = newProduct(tx, { name: given.name, ...(wanted && { id: wanted }) });
  tx.patch("products", product.id, { ...changes(product, given), type });
  if (priceData) {
    const price = newPrice(tx, { ...priceData, product: product.id });
    tx.patch("products", product.id, { default_price: price.id });
  }
  return tx.view("products", product.id);
});

const retrieve = route("GET", "/v1/products/:", hash({}), ({ tx, ids: [id] }) => tx.view("products", id));

const update = route(
  "POST",
  "/v1/products/:",
  hash({ ...editable, default_price: text }),
  ({ tx, params, ids: [id] }) => {
    const { default_price: defaultPrice, ...given } = params;
    const product = tx.need("products", id);
    if (defaultPrice && tx.need("prices", defaultPrice, "default_price").product !== id) {
      throw invalid(`The price ${defaultPrice} belongs to another product.`, undefined, "default_price");
    }
    tx.patch("products", id, {
      ...changes(product, given),
      ...(defaultPrice && { default_price: defaultPrice }),
      ...(Object.keys(params).length > 0 && { updated: tx.now }),
    });
    tx.emit("product.updated", "products", id);
    return tx.view("products", id);
  },
);

const remove = route("DELETE", "/v1/products/:", hash({}), ({ tx, ids: [id] }) => {
  tx.need("products", id);
  if (tx.by("prices", "product", id).length > 0) {
    throw invalid("This product cannot be deleted because it has one or more user-created prices.");
  }
  tx.emit("product.deleted", "products", id);
  tx.remove("products", id);
  return tx.put("tombstones", { id, object: "product", deleted: true });
});

const listParams = hash({
  ...pageParams,
  active: bool,
  created,
  ids: list(text),
  shippable: bool,
  url: text,
  type: text,
});
const index = route("GET", "/v1/products", listParams, ({ tx, params }) =>
  page(tx, "products", "/v1/products", params, (product) => {
    if (params.active !== undefined && product.active !== params.active) return false;
    if (params.shippable !== undefined && (product.shippable ?? false) !== params.shippable) return false;
    if (params.url !== undefined && product.url !== params.url) return false;
    return (params.ids?.includes(product.id) ?? true) && inRange(product.created, params.created);
  }),
);

export const products: Resource = {
  routes: [create, retrieve, update, remove, index],
  expansions: { product: { default_price: ref("prices") } },
};
