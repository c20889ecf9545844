import {
  bool,
  clearable,
  currency,
  either,
  hash,
  int,
  list,
  metadata,
  natural,
  oneOf,
  text,
  unsupported,
} from "../../http/params";
import { discountParams } from "../discounts/params";
import { priceData } from "../invoice-items/params";
import { recurringPriceData } from "../prices/inline";
import { automaticTax, scheduleInvoiceSettings, thresholds } from "../subscriptions/settings";
import { taxRateIds } from "../tax-rates";

export const moment = either(int, oneOf("now"));

const item = hash({
  billing_thresholds: clearable(hash({ usage_gte: int }, ["usage_gte"])),
  discounts: discountParams,
  metadata,
  plan: unsupported,
  price: text,
  price_data: recurringPriceData,
  quantity: natural,
  tax_rates: taxRateIds,
});

const addedItem = hash({
  discountable: bool,
  discounts: discountParams,
  metadata,
  period: hash(
    {
      end: hash({ timestamp: int, type: oneOf("min_item_period_end", "phase_end", "timestamp") }, ["type"]),
      start: hash({ timestamp: int, type: oneOf("max_item_period_start", "phase_start", "timestamp") }, [
        "type",
      ]),
    },
    ["end", "start"],
  ),
  price: text,
  price_data: priceData,
  quantity: natural,
  tax_rates: taxRateIds,
});
export type AddedGiven = ReturnType<typeof addedItem>;

/** What a phase sets, and what a schedule sets for phases that do not. */
export const commonParams = {
  automatic_tax: automaticTax,
  billing_cycle_anchor: oneOf("automatic", "phase_start"),
  billing_thresholds: thresholds,
  collection_method: oneOf("charge_automatically", "send_invoice"),
  default_payment_method: text,
  description: clearable(text),
  invoice_settings: scheduleInvoiceSettings,
};

export const phaseParams = hash(
  {
    ...commonParams,
    add_invoice_items: list(addedItem),
    application_fee_percent: unsupported,
    currency,
    default_tax_rates: taxRateIds,
    discounts: discountParams,
    duration: hash({ interval: oneOf("day", "week", "month", "year"), interval_count: natural }, [
      "interval",
    ]),
    end_date: moment,
    items: list(item),
    metadata,
    on_behalf_of: unsupported,
    proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
    start_date: moment,
    transfer_data: unsupported,
    trial: bool,
    trial_end: moment,
  },
  ["items"],
);
export type PhaseGiven = ReturnType<typeof phaseParams>;
