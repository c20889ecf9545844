import { invalid } from "../../http/errors";
import { newId } from "../../ids";
import type { Product } from "../../tables";
import type { Tx } from "../../transaction";

export function newProduct(tx: Tx, given: { name: string; id?: string }): Product {
  const id = given.id ?? newId("prod");
  if (tx.get("products", id)) throw invalid(`Product already exists.`, "resource_already_exists", "id");
  tx.emit("product.created", "products", id);
  return tx.put("products", {
    id,
    object: "product",
    active: true,
    created: tx.now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: tx.now,
    url: null,
  });
}
