import { invalid } from "../../http/errors";
import {
  bool,
  clearable,
  clears,
  hash,
  list,
  metadata,
  natural,
  oneOf,
  type Parser,
  text,
} from "../../http/params";

export const address: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw invalid("Not a valid URL", "url_invalid", path);
};

/** An empty string is an empty list. */
function emptyable<T>(parser: Parser<T>): Parser<T[]> {
  const items = list(parser);
  return (raw, path) => (raw === "" ? [] : items(raw, path));
}

export const reasons = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;

const prorates = oneOf("always_invoice", "create_prorations", "none");
const feature = "features";
const product = hash(
  {
    adjustable_quantity: hash({ enabled: bool, maximum: natural, minimum: natural }, ["enabled"]),
    prices: list(text),
    product: text,
  },
  ["prices", "product"],
);
const interval = hash({ interval: oneOf("day", "week", "month", "year"), interval_count: natural }, [
  "interval",
]);

const features = {
  customer_update: hash({
    allowed_updates: emptyable(oneOf("address", "email", "name", "phone", "shipping", "tax_id")),
    enabled: bool,
  }),
  invoice_history: hash({ enabled: bool }, ["enabled"]),
  payment_method_update: hash(
    {
      enabled: bool,
      payment_method_configuration: clears(`${feature}[payment_method_update][payment_method_configuration]`),
    },
    ["enabled"],
  ),
  subscription_cancel: hash({
    cancellation_reason: hash({
      enabled: bool,
      feedback_options: clears(`${feature}[subscription_cancel][cancellation_reason][feedback_options]`),
      options: emptyable(oneOf(...reasons)),
    }),
    enabled: bool,
    mode: oneOf("at_period_end", "immediately"),
    proration_behavior: prorates,
  }),
  subscription_pause: hash({
    duration: hash({ interval_options: emptyable(interval), type: oneOf("indefinite", "interval_options") }, [
      "type",
    ]),
    enabled: bool,
  }),
  subscription_update: hash({
    billing_cycle_anchor: oneOf("now", "unchanged"),
    default_allowed_updates: emptyable(oneOf("price", "promotion_code", "quantity")),
    enabled: bool,
    products: emptyable(product),
    proration_behavior: prorates,
    schedule_at_period_end: hash({
      conditions: emptyable(hash({ type: oneOf("decreasing_item_amount", "shortening_interval") }, ["type"])),
    }),
    trial_update_behavior: oneOf("continue_trial", "end_trial"),
  }),
};
const featureParams = hash(features);
export type FeaturesGiven = ReturnType<typeof featureParams>;

const shared = {
  business_profile: hash({
    headline: clearable(text),
    privacy_policy_url: clearable(address),
    terms_of_service_url: clearable(address),
  }),
  default_return_url: clearable(address),
  login_page: hash({ enabled: bool }, ["enabled"]),
  metadata,
  name: clearable(text),
};

export const createParams = hash({ ...shared, features: featureParams }, ["features"]);
export const updateParams = hash({ ...shared, active: bool, features: featureParams });
export type ConfigurationGiven = ReturnType<typeof updateParams>;
