import {
  bool,
  clearable,
  clears,
  currency,
  either,
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

const moment = either(int, oneOf("now"));
const invoiceSettings = hash({
  account_tax_ids: unsupported,
  custom_fields: unsupported,
  days_until_due: natural,
  description: unsupported,
  footer: unsupported,
  issuer: unsupported,
});
const phaseItem = hash({
  billing_thresholds: clears("phases[items][billing_thresholds]"),
  discounts: discountParams,
  metadata,
  plan: unsupported,
  price: text,
  price_data: unsupported,
  quantity: natural,
  tax_rates: taxRateIds,
});

export const phaseParams = hash(
  {
    add_invoice_items: unsupported,
    application_fee_percent: unsupported,
    automatic_tax: hash({ enabled: only("false") }),
    billing_cycle_anchor: oneOf("automatic", "phase_start"),
    billing_thresholds: clears("phases[billing_thresholds]"),
    collection_method: oneOf("charge_automatically", "send_invoice"),
    currency,
    default_payment_method: text,
    default_tax_rates: taxRateIds,
    description: clearable(text),
    discounts: discountParams,
    duration: hash({ interval: oneOf("day", "week", "month", "year"), interval_count: natural }, [
      "interval",
    ]),
    end_date: moment,
    invoice_settings: invoiceSettings,
    items: list(phaseItem),
    metadata,
    on_behalf_of: unsupported,
    proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
    start_date: moment,
    transfer_data: unsupported,
    trial: bool,
    trial_end: int,
  },
  ["items"],
);
export type PhaseGiven = ReturnType<typeof phaseParams>;

const shared = {
  default_settings: hash({
    application_fee_percent: unsupported,
    automatic_tax: hash({ enabled: only("false") }),
    billing_cycle_anchor: oneOf("automatic", "phase_start"),
    billing_thresholds: clears("default_settings[billing_thresholds]"),
    collection_method: oneOf("charge_automatically", "send_invoice"),
    default_payment_method: text,
    description: clearable(text),
    invoice_settings: invoiceSettings,
    on_behalf_of: clears("default_settings[on_behalf_of]"),
    transfer_data: clears("default_settings[transfer_data]"),
  }),
  end_behavior: only("release", "cancel"),
  metadata,
  pause_schedules: unsupported,
  phases: list(phaseParams),
};

export const createParams = hash({
  ...shared,
  billing_mode: hash(
    { type: oneOf("classic", "flexible"), flexible: hash({ proration_discounts: only("included") }) },
    ["type"],
  ),
  customer: text,
  customer_account: unsupported,
  from_subscription: text,
  start_date: moment,
});

export const updateParams = hash({
  ...shared,
  proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
});

export type ScheduleGiven = ReturnType<typeof createParams>;
export type UpdateGiven = ReturnType<typeof updateParams>;
