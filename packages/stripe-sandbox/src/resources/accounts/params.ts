import { invalid } from "../../http/errors";
import {
  address,
  bool,
  clearable,
  currency,
  hash,
  int,
  metadata,
  oneOf,
  type Parser,
  text,
  unsupported,
} from "../../http/params";

const modelled = [
  "card_payments",
  "legacy_payments",
  "link_payments",
  "tax_reporting_us_1099_k",
  "tax_reporting_us_1099_misc",
  "transfers",
] as const;
export type CapabilityName = (typeof modelled)[number];

const otherMethods = `acss_debit affirm afterpay_clearpay alma amazon_pay au_becs_debit bacs_debit bancontact
  bank_transfer billie bizum blik blik_recurring boleto cartes_bancaires cashapp crypto eps fpx gb_bank_transfer
  giropay grabpay ideal india_international jcb jp_bank_transfer kakao_pay klarna konbini kr_card mb_way mobilepay
  multibanco mx_bank_transfer naver_pay nz_bank_account_becs_debit oxxo p24 pay_by_bank payco paynow paypay payto
  pix promptpay revolut_pay samsung_pay satispay scalapay sepa_bank_transfer sepa_debit sequra sofort sunbit swish
  twint upi us_bank_account_ach us_bank_transfer wero zip`;
const others = [
  "app_distribution",
  "card_issuing",
  "treasury",
  ...otherMethods.split(/\s+/).map((name) => `${name}_payments`),
];

/** Only what charges cards and moves money exists here; the others are known and refused. */
export function capabilityName(given: string): CapabilityName | undefined {
  return modelled.find((name) => name === given);
}

const requested = hash({ requested: bool });
const capabilities = hash({
  ...(Object.fromEntries(modelled.map((name) => [name, requested])) as Record<
    CapabilityName,
    typeof requested
  >),
  ...Object.fromEntries(others.map((name) => [name, unsupported])),
});

const countryCode: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (/^[A-Z]{2}$/.test(value)) return value;
  throw invalid(`Country '${value.slice(0, 20)}' is unknown. Use two letters.`, "country_unsupported", path);
};

const email: Parser<string> = (raw, path) => {
  const value = text(raw, path);
  if (/^\S+@\S+$/.test(value)) return value;
  throw invalid(`Invalid email address: ${value.slice(0, 80)}`, "email_invalid", path);
};

const profile = hash({
  annual_revenue: unsupported,
  estimated_worker_count: int,
  mcc: text,
  minority_owned_business_designation: unsupported,
  monthly_estimated_revenue: unsupported,
  name: text,
  product_description: text,
  specified_commercial_transactions_act_url: unsupported,
  support_address: address,
  support_email: email,
  support_phone: text,
  support_url: clearable(text),
  url: text,
});

const shared = {
  account_token: unsupported,
  business_profile: profile,
  business_type: oneOf("company", "government_entity", "individual", "non_profit"),
  capabilities,
  company: unsupported,
  default_currency: currency,
  documents: unsupported,
  email,
  external_account: unsupported,
  groups: unsupported,
  individual: unsupported,
  metadata,
  settings: unsupported,
  tos_acceptance: hash({ date: int, ip: text, service_agreement: oneOf("full"), user_agent: text }),
};

export const createParams = hash({
  ...shared,
  controller: hash({
    fees: hash({ payer: oneOf("account", "application") }),
    losses: hash({ payments: oneOf("application", "stripe") }),
    requirement_collection: oneOf("application", "stripe"),
    stripe_dashboard: hash({ type: oneOf("express", "full", "none") }),
  }),
  country: countryCode,
  type: oneOf("custom", "express", "standard"),
});
export const updateParams = hash(shared);
export type CreateGiven = ReturnType<typeof createParams>;
export type UpdateGiven = ReturnType<typeof updateParams>;
