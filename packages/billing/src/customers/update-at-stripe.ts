import type Stripe from "stripe";
import type { KindOfOperation } from "../operations/kinds";
import { keyOf, paramsOf } from "../operations/params";
import { requestHash } from "../stripe/idempotency";

export interface CustomerUpdate {
  customer: string;
  changes: Pick<Stripe.CustomerUpdateParams, "name" | "email" | "phone" | "preferred_locales"> & {
    address: Stripe.AddressParam | "";
  };
}

const expand = ["tax_ids"];

/** Repeated long after, it could undo what was changed since: then we only look whether it was done. */
export const customerUpdate: KindOfOperation = {
  call(stripe, operation) {
    const { customer, changes } = paramsOf<CustomerUpdate>(operation);
    return stripe.customers.update(customer, { ...changes, expand }, keyOf(operation));
  },
  async probe(stripe, operation) {
    const { customer, changes } = paramsOf<CustomerUpdate>(operation);
    const found = await stripe.customers.retrieve(customer, { expand });
    return !found.deleted && isAs(found, changes) ? found : undefined;
  },
  movesMoney: false,
  provenBy: "answer",
};

const isAs = (found: Stripe.Customer, changes: CustomerUpdate["changes"]): boolean =>
  (found.name ?? "") === changes.name &&
  (found.email ?? "") === changes.email &&
  (found.phone ?? "") === changes.phone &&
  requestHash(filled(found.address)) === requestHash(filled(changes.address || null));

const filled = (address: object | null | undefined) =>
  Object.fromEntries(Object.entries(address ?? {}).filter(([, value]) => value));
