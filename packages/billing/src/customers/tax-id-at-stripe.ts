import type Stripe from "stripe";
import type { KindOfOperation, Operation } from "../operations/kinds";
import { keyOf, paramsOf } from "../operations/params";
import { isMissing } from "../stripe/errors";

export interface NewTaxId {
  customer: string;
  type: Stripe.CustomerCreateTaxIdParams.Type;
  value: string;
}

export interface OldTaxId {
  customer: string;
  id: string;
}

export const taxIdCreate: KindOfOperation = {
  async call(stripe, operation) {
    const { customer, type, value } = paramsOf<NewTaxId>(operation);
    await stripe.customers.createTaxId(customer, { type, value }, keyOf(operation));
    return withTaxIds(stripe, customer);
  },
  async probe(stripe, operation) {
    const { customer, type, value } = paramsOf<NewTaxId>(operation);
    const found = await withTaxIds(stripe, customer);
    const known = found.tax_ids?.data.some((taxId) => taxId.type === type && taxId.value === value);
    return known ? found : undefined;
  },
  movesMoney: false,
  provenBy: "answer",
};

export const taxIdDelete: KindOfOperation = {
  call: removeTaxId,
  probe: removeTaxId,
  movesMoney: false,
  provenBy: "answer",
};

/** What is gone already is gone: twice is as good as once. */
async function removeTaxId(stripe: Stripe, operation: Operation): Promise<Stripe.Customer> {
  const { customer, id } = paramsOf<OldTaxId>(operation);
  await stripe.customers.deleteTaxId(customer, id).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  return withTaxIds(stripe, customer);
}

async function withTaxIds(stripe: Stripe, customer: string): Promise<Stripe.Customer> {
  const found = await stripe.customers.retrieve(customer, { expand: ["tax_ids"] });
  if (found.deleted) throw new Error(`customer ${customer} is deleted at Stripe`);
  return found;
}
