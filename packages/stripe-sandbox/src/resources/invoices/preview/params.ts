import {
  address,
  bool,
  clearable,
  currency,
  decimal,
  either,
  hash,
  int,
  list,
  metadata,
  oneOf,
  only,
  shipping,
  text,
  unsupported,
} from "../../../http/params";
import { discountParams } from "../../discounts/params";
import { lineFields } from "../../invoice-items/params";
import { scheduleDetails } from "../../subscription-schedules/params";
import { itemFields } from "../../subscriptions/params";
import { pauseParams } from "../../subscriptions/pause";
import { automaticTax, billingMode } from "../../subscriptions/settings";
import { taxRateIds } from "../../tax-rates";

const {
  amount,
  description,
  discountable,
  discounts,
  period,
  price_data,
  quantity,
  quantity_decimal,
  tax_rates,
} = lineFields;

const invoiceItem = hash({
  amount,
  currency,
  description,
  discountable,
  discounts,
  invoiceitem: text,
  metadata,
  period,
  price: text,
  price_data,
  quantity,
  quantity_decimal,
  tax_behavior: oneOf("inclusive", "exclusive", "unspecified"),
  tax_code: clearable(text),
  tax_rates,
  unit_amount: int,
  unit_amount_decimal: decimal,
});

const subscriptionDetails = hash({
  billing_cycle_anchor: hash({ type: oneOf("now", "unchanged", "timestamp"), timestamp: int }, ["type"]),
  billing_mode: billingMode,
  billing_schedules: unsupported,
  cancel_at: clearable(either(int, oneOf("min_period_end", "max_period_end"))),
  cancel_at_period_end: bool,
  cancel_now: bool,
  default_tax_rates: taxRateIds,
  items: list(hash({ ...itemFields, id: text, deleted: bool, clear_usage: bool })),
  metadata,
  pause: pauseParams,
  proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
  proration_date: int,
  resume_at: oneOf("now"),
  start_date: int,
  trial_end: either(int, oneOf("now")),
});

export const previewParams = hash({
  automatic_tax: automaticTax,
  currency,
  customer: text,
  customer_account: unsupported,
  customer_details: hash({
    address: clearable(address),
    shipping: clearable(shipping),
    tax: unsupported,
    tax_exempt: clearable(oneOf("none", "exempt", "reverse")),
    tax_ids: unsupported,
  }),
  discounts: discountParams,
  invoice_items: list(invoiceItem),
  issuer: hash({ type: only("self"), account: unsupported }),
  on_behalf_of: clearable(unsupported),
  preview_mode: oneOf("next", "recurring"),
  schedule: text,
  schedule_details: scheduleDetails,
  subscription: text,
  subscription_details: subscriptionDetails,
});
export type PreviewParams = ReturnType<typeof previewParams>;
export type PreviewItem = ReturnType<typeof invoiceItem>;
