import {
  address,
  bool,
  clearable,
  currency,
  hash,
  int,
  list,
  metadata,
  natural,
  oneOf,
  only,
  text,
  unsupported,
} from "../../http/params";
import { invoiceTerms } from "../connect/subscription-terms";
import { discountParams } from "../discounts/params";
import { automaticTax } from "../subscriptions/settings";
import { taxRateIds } from "../tax-rates";

const customFields = clearable(list(hash({ name: text, value: text }, ["name", "value"])));

const shared = {
  account_tax_ids: unsupported,
  ...invoiceTerms,
  auto_advance: bool,
  automatic_tax: automaticTax,
  automatically_finalizes_at: int,
  collection_method: oneOf("charge_automatically", "send_invoice"),
  custom_fields: customFields,
  days_until_due: natural,
  default_payment_method: clearable(text),
  default_source: unsupported,
  default_tax_rates: taxRateIds,
  description: clearable(text),
  discounts: discountParams,
  due_date: int,
  effective_at: clearable(int),
  footer: clearable(text),
  issuer: hash({ type: only("self"), account: unsupported }),
  metadata,
  number: clearable(text),
  payment_settings: hash({
    default_mandate: unsupported,
    payment_method_options: unsupported,
    payment_method_types: clearable(list(only("card"))),
  }),
  rendering: hash({
    amount_tax_display: clearable(oneOf("exclude_tax", "include_inclusive_tax")),
    pdf: hash({ page_size: oneOf("a4", "auto", "letter") }),
    template: unsupported,
    template_version: unsupported,
  }),
  shipping_cost: unsupported,
  shipping_details: clearable(hash({ address, name: text, phone: clearable(text) }, ["address", "name"])),
  statement_descriptor: text,
};

export const updateParams = hash(shared);
export const createParams = hash({
  ...shared,
  currency,
  customer: text,
  customer_account: unsupported,
  from_invoice: hash({ action: oneOf("revision"), invoice: text }, ["action", "invoice"]),
  pending_invoice_items_behavior: oneOf("exclude", "include"),
  subscription: text,
});
export type UpdateParams = ReturnType<typeof updateParams>;
export type CreateParams = ReturnType<typeof createParams>;
