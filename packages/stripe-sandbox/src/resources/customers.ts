import { invalid } from "../http/errors";
import { created, inRange, page, pageParams } from "../http/lists";
import {
  address,
  bool,
  clearable,
  fullAddress,
  hash,
  type Infer,
  int,
  list,
  mergeMetadata,
  metadata,
  natural,
  oneOf,
  shipping,
  text,
  unsupported,
} from "../http/params";
import { newId, randomText } from "../ids";
import type { Customer, Tables } from "../tables";
import type { Tx } from "../transaction";
import { wireList } from "../wire";
import { moveCustomerBalance } from "./customer-balance";
import { stopCollecting } from "./invoices/stop-collecting";
import { attachPaymentMethod } from "./payment-methods/attach";
import { usePaymentMethod } from "./payment-methods/use";
import { type Resource, ref, route } from "./resource";
import { endSubscription } from "./subscriptions/cancel";
import { checkTaxLocation, shownTax } from "./tax/location";
import { createTaxId, taxIdParams } from "./tax-ids/create";
import { checkRoom } from "./test-clocks/room";

const editable = {
  address: clearable(address),
  balance: int,
  business_name: clearable(text),
  description: clearable(text),
  email: clearable(text),
  individual_name: clearable(text),
  invoice_prefix: text,
  invoice_settings: hash({
    custom_fields: unsupported,
    default_payment_method: clearable(text),
    footer: clearable(text),
    rendering_options: unsupported,
  }),
  metadata,
  name: clearable(text),
  next_invoice_sequence: natural,
  phone: clearable(text),
  preferred_locales: list(text),
  shipping: clearable(shipping),
  tax_exempt: clearable(oneOf("none", "exempt", "reverse")),
  cash_balance: unsupported,
  default_source: unsupported,
  source: unsupported,
  tax: hash({ ip_address: clearable(text), validate_location: oneOf("auto", "deferred", "immediately") }),
  validate: bool,
};
const createParams = { ...editable, payment_method: text, tax_id_data: list(taxIdParams), test_clock: text };
type Fields = Infer<typeof editable>;

export function newCustomer(tx: Tx): Customer {
  return {
    id: newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: tx.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}

function changes(tx: Tx, customer: Customer, given: Fields): Partial<Customer> {
  const {
    address: place,
    shipping: parcel,
    invoice_settings: settings,
    metadata: data,
    balance,
    business_name,
    individual_name,
    tax,
    tax_exempt,
    validate,
    ...plain
  } = given;
  const method = settings?.default_payment_method;
  if (method && tx.get("payment_methods", method)?.customer !== customer.id) {
    throw invalid(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      "resource_missing",
      "invoice_settings[default_payment_method]",
    );
  }
  if (given.email && !/^[^\s@]+@[^\s@]+$/.test(given.email)) {
    throw invalid(`Invalid email address: ${given.email}`, "email_invalid", "email");
  }
  return {
    ...plain,
    ...(business_name && { business_name }),
    ...(individual_name && { individual_name }),
    ...(tax_exempt !== undefined && { tax_exempt: tax_exempt ?? "none" }),
    ...(place !== undefined && { address: place && fullAddress(place) }),
    ...(parcel !== undefined && {
      shipping: parcel && { ...parcel, phone: parcel.phone ?? null, address: fullAddress(parcel.address) },
    }),
    ...(settings && {
      invoice_settings: {
        ...customer.invoice_settings,
        ...(method !== undefined && { default_payment_method: method }),
        ...(settings.footer !== undefined && { footer: settings.footer }),
      },
    }),
    ...(data !== undefined && { metadata: mergeMetadata(customer.metadata, data) }),
  };
}

function liveCustomer(tx: Tx, id: string): Customer {
  return tx.need("customers", id);
}

const create = route("POST", "/v1/customers", hash(createParams), ({ tx, params }) => {
  const {
    payment_method: token,
    invoice_settings: settings,
    test_clock: clock,
    tax_id_data: taxIds = [],
    ...given
  } = params;
  if (clock) checkRoom(tx, clock);
  const { id } = tx.put("customers", { ...newCustomer(tx), test_clock: clock ?? null });
  tx.emit("customer.created", "customers", id);
  const named = tx.patch("customers", id, changes(tx, liveCustomer(tx, id), given));
  checkTaxLocation(tx, named, given.tax);
  for (const [at, one] of taxIds.entries()) createTaxId(tx, id, one, `tax_id_data[${at}][value]`);
  if (given.balance) moveCustomerBalance(tx, id, given.balance, { type: "initial" });
  const method = token ? attachPaymentMethod(tx, usePaymentMethod(tx, token).id, id) : undefined;
  const chosen = settings?.default_payment_method;
  const settled =
    chosen && method && chosen === token ? { ...settings, default_payment_method: method.id } : settings;
  if (settled) tx.patch("customers", id, changes(tx, liveCustomer(tx, id), { invoice_settings: settled }));
  return tx.view("customers", id);
});

const retrieve = route("GET", "/v1/customers/:", hash({}), ({ tx, ids: [id] }) => {
  return tx.get("tombstones", id) ?? tx.view("customers", id);
});

const update = route("POST", "/v1/customers/:", hash(editable), ({ tx, params, ids: [id] }) => {
  const customer = liveCustomer(tx, id);
  const changed = tx.patch("customers", id, changes(tx, customer, params));
  checkTaxLocation(tx, changed, params.tax);
  if (params.balance !== undefined && params.balance !== customer.balance) {
    moveCustomerBalance(tx, id, params.balance - customer.balance, { type: "adjustment" });
  }
  tx.emit("customer.updated", "customers", id);
  return tx.view("customers", id);
});

/** What a deleted customer leaves: cards that belong to nobody. No event tells of them. */
function detachAll(tx: Tx, id: string): void {
  for (const method of tx.by("payment_methods", "customer", id))
    tx.patch("payment_methods", method.id, { customer: null });
}

export function deleteCustomer(tx: Tx, id: string): Tables["tombstones"] {
  liveCustomer(tx, id);
  for (const subscription of tx.by("subscriptions", "customer", id)) {
    if (!["canceled", "incomplete_expired"].includes(subscription.status))
      endSubscription(tx, subscription.id, {});
  }
  stopCollecting(tx, tx.by("invoices", "customer", id));
  detachAll(tx, id);
  for (const taxId of tx.by("tax_ids", "customer", id)) tx.remove("tax_ids", taxId.id);
  tx.emit("customer.deleted", "customers", id);
  tx.remove("customers", id);
  return tx.put("tombstones", { id, object: "customer", deleted: true });
}

const remove = route("DELETE", "/v1/customers/:", hash({}), ({ tx, ids: [id] }) => deleteCustomer(tx, id));

const listParams = hash({ ...pageParams, created, email: text, test_clock: text });
const index = route("GET", "/v1/customers", listParams, ({ tx, params }) =>
  page(tx, "customers", "/v1/customers", params, (customer) => {
    if ((params.test_clock ?? null) !== (customer.test_clock ?? null)) return false;
    return (
      (params.email === undefined || customer.email === params.email) &&
      inRange(customer.created, params.created)
    );
  }),
);

export const customers: Resource = {
  routes: [create, retrieve, update, remove, index],
  expansions: {
    customer: {
      default_source: ref(),
      "invoice_settings.default_payment_method": ref("payment_methods"),
      test_clock: ref("test_clocks"),
      subscriptions: {
        include: (read, owner) => {
          const live = read.by("subscriptions", "customer", owner.id).reverse();
          const shown = live.filter((row) => !["canceled", "incomplete_expired"].includes(row.status));
          return wireList(`/v1/customers/${owner.id}/subscriptions`, shown.slice(0, 10), shown.length > 10);
        },
      },
      sources: { include: (_read, owner) => wireList(`/v1/customers/${owner.id}/sources`, []) },
      tax: {
        include: (read, owner) => {
          const customer = read.get("customers", String(owner.id));
          return customer && shownTax(read, customer);
        },
      },
      tax_ids: {
        include: (read, owner) =>
          wireList(`/v1/customers/${owner.id}/tax_ids`, read.by("tax_ids", "customer", owner.id).reverse()),
      },
    },
  },
};
