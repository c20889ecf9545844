import { invalid } from "../../http/errors";
import { created, pageParams } from "../../http/lists";
import {
  address,
  bool,
  clearable,
  currency,
  hash,
  type Infer,
  int,
  list,
  metadata,
  oneOf,
  only,
  type Parser,
  text,
  unsupported,
} from "../../http/params";
import { discountParams } from "../discounts/params";
import { removedMethodTypes } from "../payment-intents/params";
import { lineItem, optionalItem, updatedItem } from "./params-items";
import { invoiceCreation, paymentIntentData, setupIntentData, subscriptionData } from "./params-objects";
import { customFields, customText, locales } from "./params-page";

const redisplay = oneOf("always", "limited", "unspecified");
const autoNever = oneOf("auto", "never");

const shortText =
  (most: number): Parser<string> =>
  (raw, path) => {
    const value = text(raw, path);
    if (value.length <= most) return value;
    throw invalid(`Invalid string: ${path} must be at most ${most} characters`, undefined, path);
  };

const createSpec = {
  adaptive_pricing: hash({ enabled: only("false") }),
  after_expiration: hash({
    recovery: hash({ allow_promotion_codes: bool, enabled: bool }, ["enabled"]),
  }),
  allow_promotion_codes: bool,
  allowed_payment_method_types: list(only("card")),
  automatic_tax: hash({ enabled: only("false"), liability: unsupported }, ["enabled"]),
  billing_address_collection: oneOf("auto", "required"),
  branding_settings: unsupported,
  cancel_url: text,
  client_reference_id: shortText(200),
  consent_collection: hash({
    payment_method_reuse_agreement: hash({ position: oneOf("auto", "hidden") }, ["position"]),
    promotions: only("none"),
    terms_of_service: oneOf("none", "required"),
  }),
  currency,
  custom_fields: customFields,
  custom_text: customText,
  customer: text,
  customer_account: unsupported,
  customer_creation: oneOf("always", "if_required"),
  customer_email: text,
  customer_update: hash({ address: autoNever, name: autoNever, shipping: autoNever }),
  discounts: discountParams,
  excluded_payment_method_types: list(text),
  expires_at: int,
  integration_identifier: shortText(200),
  invoice_creation: invoiceCreation,
  line_items: list(lineItem),
  locale: oneOf(...locales),
  managed_payments: hash({ enabled: only("false") }),
  metadata,
  mode: oneOf("payment", "setup", "subscription"),
  name_collection: hash({
    business: hash({ enabled: bool, optional: bool }, ["enabled"]),
    individual: hash({ enabled: bool, optional: bool }, ["enabled"]),
  }),
  optional_items: list(optionalItem),
  origin_context: oneOf("mobile_app", "web"),
  payment_intent_data: paymentIntentData,
  payment_method_collection: oneOf("always", "if_required"),
  payment_method_configuration: unsupported,
  payment_method_data: hash({ allow_redisplay: redisplay }),
  payment_method_options: hash({ card: hash({ request_three_d_secure: only("automatic") }) }),
  payment_method_types: removedMethodTypes,
  permissions: unsupported,
  phone_number_collection: hash({ enabled: bool }, ["enabled"]),
  redirect_on_completion: oneOf("always", "if_required", "never"),
  return_url: text,
  saved_payment_method_options: hash({
    allow_redisplay_filters: list(redisplay),
    payment_method_remove: oneOf("disabled", "enabled"),
    payment_method_save: oneOf("disabled", "enabled"),
  }),
  setup_intent_data: setupIntentData,
  shipping_address_collection: unsupported,
  shipping_options: unsupported,
  submit_type: oneOf("auto", "book", "donate", "pay", "subscribe"),
  subscription_data: subscriptionData,
  success_url: text,
  tax_id_collection: hash({ enabled: bool, required: oneOf("if_supported", "never") }, ["enabled"]),
  ui_mode: oneOf("elements", "embedded_page", "form", "hosted_page"),
  wallet_options: hash({ link: hash({ display: autoNever }) }),
};
export type SessionGiven = Infer<typeof createSpec>;
export const createParams = hash(createSpec);

export const updateParams = hash({
  collected_information: hash({
    shipping_details: hash({ address, name: text }, ["address", "name"]),
  }),
  line_items: list(updatedItem),
  metadata,
  payment_intent_data: hash({
    description: clearable(text),
    metadata,
    setup_future_usage: clearable(oneOf("off_session", "on_session")),
    statement_descriptor: clearable(text),
    statement_descriptor_suffix: clearable(text),
  }),
  shipping_options: unsupported,
});
export type SessionUpdate = ReturnType<typeof updateParams>;

export const listParams = hash({
  ...pageParams,
  created,
  customer: text,
  customer_account: text,
  customer_details: hash({ email: text }, ["email"]),
  payment_intent: text,
  payment_link: text,
  status: oneOf("complete", "expired", "open"),
  subscription: text,
});
