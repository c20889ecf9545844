import { invalid } from "../../../http/errors";
import { address, clearable, fullAddress, hash, shipping, text } from "../../../http/params";
import type { Customer } from "../../../tables";
import { createTaxId, removeTaxId as remove, taxIdParams } from "../../tax-ids/create";
import type { Visit } from "../access";
import { action } from "./action";

const fields = {
  address: clearable(address),
  email: text,
  name: clearable(text),
  phone: clearable(text),
  shipping: clearable(shipping),
};

export const updateCustomer = action(
  hash(fields),
  (tx, visit, given) => {
    for (const name of Object.keys(given)) requireAllowed(visit, name);
    if (given.email && !/^[^\s@]+@[^\s@]+$/.test(given.email))
      throw invalid(`Invalid email address: ${given.email}`, "email_invalid", "email");
    const { address: place, shipping: parcel, ...plain } = given;
    const changes: Partial<Customer> = {
      ...plain,
      ...(place !== undefined && { address: place && fullAddress(place) }),
      ...(parcel !== undefined && {
        shipping: parcel && { ...parcel, phone: parcel.phone ?? null, address: fullAddress(parcel.address) },
      }),
    };
    tx.patch("customers", visit.customer.id, changes);
    tx.emit("customer.updated", "customers", visit.customer.id);
    return { customer: tx.view("customers", visit.customer.id) };
  },
  { flows: ["customer_update"] },
);

const part = { flows: ["customer_update" as const], completes: false };

export const addTaxId = action(
  taxIdParams,
  (tx, visit, given) => {
    requireAllowed(visit, "tax_id");
    return { tax_id: createTaxId(tx, visit.customer.id, given) };
  },
  part,
);

export const removeTaxId = action(
  hash({ tax_id: text }, ["tax_id"]),
  (tx, visit, given) => {
    requireAllowed(visit, "tax_id");
    return remove(tx, visit.customer.id, given.tax_id);
  },
  part,
);

function requireAllowed({ configuration }: Visit, name: string): void {
  const { enabled, allowed_updates: allowed } = configuration.features.customer_update;
  if (!enabled || !allowed.includes(name))
    throw invalid(`The ${name.replace("_", " ")} cannot be changed here.`, undefined, name);
}
