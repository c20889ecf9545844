import {
  bool,
  clearable,
  hash,
  int,
  list,
  metadata,
  natural,
  oneOf,
  only,
  shipping,
  text,
  unsupported,
} from "../../http/params";
import { subscriptionTerms } from "../connect/subscription-terms";
import { intentTerms } from "../connect/terms";
import { trialSettings } from "../subscriptions/params";
import { taxRateIds } from "../tax-rates";

/** What the session passes on to the objects it makes. */
export const paymentIntentData = hash({
  ...intentTerms,
  capture_method: oneOf("automatic", "automatic_async", "manual"),
  description: text,
  metadata,
  receipt_email: text,
  setup_future_usage: oneOf("off_session", "on_session"),
  shipping,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
});

export const setupIntentData = hash({ description: text, metadata, on_behalf_of: unsupported });

export const subscriptionData = hash({
  ...subscriptionTerms,
  billing_cycle_anchor: int,
  billing_cycle_anchor_config: unsupported,
  billing_mode: hash(
    { type: oneOf("classic", "flexible"), flexible: hash({ proration_discounts: only("included") }) },
    ["type"],
  ),
  default_tax_rates: taxRateIds,
  description: text,
  invoice_settings: unsupported,
  metadata,
  pending_invoice_item_interval: unsupported,
  proration_behavior: oneOf("create_prorations", "none"),
  trial_end: int,
  trial_period_days: natural,
  trial_settings: trialSettings,
});

export const invoiceCreation = hash(
  {
    enabled: bool,
    invoice_data: hash({
      account_tax_ids: unsupported,
      custom_fields: clearable(list(hash({ name: text, value: text }, ["name", "value"]))),
      description: text,
      footer: text,
      issuer: hash({ type: only("self") }, ["type"]),
      metadata,
      rendering_options: unsupported,
    }),
  },
  ["enabled"],
);
