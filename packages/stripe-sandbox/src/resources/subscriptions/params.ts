import { invalid } from "../../http/errors";
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
  type Parser,
  text,
  unsupported,
} from "../../http/params";
import { subscriptionTerms } from "../connect/subscription-terms";
import { discountParams } from "../discounts/params";
import { recurringPriceData } from "../prices/inline";
import { taxRateIds } from "../tax-rates";
import { addInvoiceItems } from "./add-invoice-items";
import {
  anchorConfig,
  automaticTax,
  billingMode,
  invoiceSettings,
  itemInterval,
  thresholds,
} from "./settings";

export const itemFields = {
  billing_thresholds: clearable(hash({ usage_gte: int }, ["usage_gte"])),
  current_trial: unsupported,
  discounts: discountParams,
  metadata,
  plan: unsupported,
  price: text,
  price_data: recurringPriceData,
  quantity: natural,
  tax_rates: taxRateIds,
};

export const paymentSettings = hash({
  payment_method_options: unsupported,
  payment_method_types: clearable(list(only("card"))),
  save_default_payment_method: oneOf("off", "on_subscription"),
});

export const trialSettings = hash(
  {
    end_behavior: hash(
      {
        missing_payment_method: oneOf("create_invoice", "pause", "cancel"),
        billing_cycle_anchor: oneOf("now", "unchanged"),
      },
      ["missing_payment_method"],
    ),
  },
  ["end_behavior"],
);

const shared = {
  add_invoice_items: addInvoiceItems,
  ...subscriptionTerms,
  automatic_tax: automaticTax,
  billing_schedules: unsupported,
  billing_thresholds: thresholds,
  cancel_at_period_end: bool,
  collection_method: oneOf("charge_automatically", "send_invoice"),
  days_until_due: natural,
  default_payment_method: text,
  default_source: clears("default_source"),
  default_tax_rates: taxRateIds,
  description: clearable(text),
  discounts: discountParams,
  invoice_settings: invoiceSettings,
  metadata,
  off_session: bool,
  payment_settings: paymentSettings,
  pending_invoice_item_interval: itemInterval,
  trial_from_plan: only("false"),
  trial_settings: trialSettings,
};

const createBehavior: Parser<"allow_incomplete" | "default_incomplete" | "error_if_incomplete"> = (
  raw,
  path,
) => {
  if (raw === "pending_if_incomplete") {
    throw invalid(
      "payment_behavior=pending_if_incomplete can only be used to update a subscription.",
      undefined,
      path,
    );
  }
  return oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete")(raw, path);
};

export const createParams = hash({
  ...shared,
  backdate_start_date: int,
  billing_cycle_anchor: int,
  billing_cycle_anchor_config: anchorConfig,
  billing_mode: billingMode,
  cancel_at: either(int, oneOf("min_period_end", "max_period_end")),
  currency,
  customer: text,
  customer_account: unsupported,
  items: list(hash(itemFields)),
  payment_behavior: createBehavior,
  proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
  trial_end: either(int, oneOf("now")),
  trial_period_days: natural,
});

/** How a change is billed and charged. */
export const chargeFields = {
  payment_behavior: oneOf(
    "allow_incomplete",
    "default_incomplete",
    "error_if_incomplete",
    "pending_if_incomplete",
  ),
  proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
  proration_date: int,
};

const cancellationDetails = hash({
  comment: clearable(text),
  feedback: clearable(
    oneOf(
      "customer_service",
      "low_quality",
      "missing_features",
      "other",
      "switched_service",
      "too_complex",
      "too_expensive",
      "unused",
    ),
  ),
  feedback_option: unsupported,
});

export const updateParams = hash({
  ...shared,
  billing_cycle_anchor: hash({ type: oneOf("now", "unchanged") }, ["type"]),
  cancel_at: clearable(either(int, oneOf("min_period_end", "max_period_end"))),
  cancellation_details: cancellationDetails,
  items: list(hash({ ...itemFields, id: text, deleted: bool, clear_usage: bool })),
  pause_collection: clearable(
    hash({ behavior: oneOf("keep_as_draft", "mark_uncollectible", "void"), resumes_at: int }, ["behavior"]),
  ),
  ...chargeFields,
  trial_end: either(int, oneOf("now")),
});

export const cancelParams = hash({
  cancellation_details: cancellationDetails,
  invoice_now: bool,
  prorate: bool,
});

export type CreateParams = ReturnType<typeof createParams>;
/** A schedule that began earlier counts its periods from then. */
export type CreateGiven = CreateParams & { anchored?: number };
export type UpdateParams = ReturnType<typeof updateParams>;
export type CancelParams = ReturnType<typeof cancelParams>;
export type ItemChange = NonNullable<UpdateParams["items"]>[number] & { planned?: boolean };
/** What a schedule may also ask for. */
export type UpdateGiven = Omit<UpdateParams, "items"> & { items?: ItemChange[] };
