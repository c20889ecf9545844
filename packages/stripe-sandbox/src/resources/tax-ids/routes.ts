import { cut, pageParams } from "../../http/lists";
import { hash } from "../../http/params";
import { type Resource, ref, route } from "../resource";
import { createTaxId, removeTaxId, taxIdOf, taxIdParams, verifyTaxId } from "./create";

const url = "/v1/customers/:/tax_ids";

const create = route("POST", url, taxIdParams, ({ tx, params, ids: [customer] }) =>
  createTaxId(tx, tx.need("customers", customer).id, params),
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [customer, id = ""] }) =>
  taxIdOf(tx, tx.need("customers", customer).id, id),
);

const remove = route("DELETE", `${url}/:`, hash({}), ({ tx, ids: [customer, id = ""] }) =>
  removeTaxId(tx, tx.need("customers", customer).id, id),
);

const index = route("GET", url, hash(pageParams), ({ tx, params, ids: [customer] }) => {
  const { id: owner } = tx.need("customers", customer);
  return cut(
    `/v1/customers/${owner}/tax_ids`,
    params,
    tx.by("tax_ids", "customer", owner).reverse(),
    (row) => row,
    (id) => {
      taxIdOf(tx, owner, id);
    },
  );
});

export const taxIds: Resource = {
  routes: [create, retrieve, remove, index],
  timers: { "tax_id.verify": verifyTaxId },
  expansions: { tax_id: { customer: ref("customers"), "owner.customer": ref("customers") } },
};
