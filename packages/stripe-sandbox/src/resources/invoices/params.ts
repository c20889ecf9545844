import {
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
import { discountParams } from "../discounts/params";
import { taxRateIds } from "../tax-rates";

const customFields = clearable(list(hash({ name: text, value: text }, ["name", "value"])));

const shared = {
  account_tax_ids: unsupported,
  application_fee_amount: unsupported,
  auto_advance: bool,
  automatic_tax: hash({ enabled: only("false"), liability: unsupported }),
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
  on_behalf_of: unsupported,
  payment_settings: unsupported,
  rendering: unsupported,
  shipping_cost: unsupported,
  shipping_details: unsupported,
  statement_descriptor: text,
  transfer_data: unsupported,
};

export const updateParams = hash(shared);
export const createParams = hash({
  ...shared,
  currency,
  customer: text,
  customer_account: unsupported,
  from_invoice: unsupported,
  pending_invoice_items_behavior: oneOf("exclude", "include"),
  subscription: text,
});
export type UpdateParams = ReturnType<typeof updateParams>;
export type CreateParams = ReturnType<typeof createParams>;
