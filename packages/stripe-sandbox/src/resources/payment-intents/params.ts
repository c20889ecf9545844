import { invalid } from "../../http/errors";
import {
  anything,
  bool,
  clearable,
  currency,
  hash,
  int,
  list,
  metadata,
  oneOf,
  only,
  type Parser,
  shipping,
  text,
  unsupported,
} from "../../http/params";
import { changedTerms, intentTerms } from "../connect/terms";
import { paymentMethodData } from "../payment-methods/use";

export const removedMethodTypes: Parser<never> = (_raw, path) => {
  throw invalid(
    "The payment_method_types parameter is no longer supported. Use automatic_payment_methods, allowed_payment_method_types, excluded_payment_method_types or payment_method_configuration.",
    "payment_method_types_no_longer_supported",
    path,
  );
};

export const cardOptions = hash({
  card: hash({
    request_three_d_secure: only("automatic"),
    network: only("visa", "mastercard"),
    moto: only("false"),
    cvc_token: unsupported,
    installments: unsupported,
    mandate_options: unsupported,
    setup_future_usage: unsupported,
    capture_method: unsupported,
  }),
});

const futureUsage = clearable(oneOf("off_session", "on_session"));

export const intentFields = {
  allowed_payment_method_types: list(only("card")),
  excluded_payment_method_types: list(text),
  capture_method: oneOf("automatic", "automatic_async", "manual"),
  payment_method: text,
  payment_method_data: hash(paymentMethodData, ["type"]),
  payment_method_options: cardOptions,
  payment_method_types: removedMethodTypes,
  receipt_email: clearable(text),
  setup_future_usage: futureUsage,
  shipping: clearable(shipping),
  amount_details: unsupported,
  hooks: unsupported,
  payment_details: unsupported,
};

const confirmOnly = {
  confirmation_token: text,
  error_on_requires_action: bool,
  mandate: unsupported,
  mandate_data: anything,
  off_session: bool,
  radar_options: unsupported,
  return_url: text,
  use_stripe_sdk: bool,
};

export const confirmParams = hash({
  ...intentFields,
  ...confirmOnly,
  client_secret: text,
  amount_to_confirm: int,
});

const descriptive = {
  customer: text,
  customer_account: unsupported,
  description: clearable(text),
  metadata,
  payment_method_configuration: unsupported,
  statement_descriptor: clearable(text),
  statement_descriptor_suffix: clearable(text),
};

export const createParams = hash(
  {
    ...intentFields,
    ...confirmOnly,
    ...descriptive,
    ...intentTerms,
    amount: int,
    currency,
    automatic_payment_methods: hash({ enabled: bool, allow_redirects: oneOf("always", "never") }, [
      "enabled",
    ]),
    confirm: bool,
    confirmation_method: only("automatic"),
  },
  ["amount", "currency"],
);

export const updateParams = hash({
  ...intentFields,
  ...descriptive,
  ...changedTerms,
  amount: int,
  currency,
});
export type ConfirmParams = ReturnType<typeof confirmParams>;
