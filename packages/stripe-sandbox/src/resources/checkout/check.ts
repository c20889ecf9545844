import { invalid } from "../../http/errors";
import type { Tx } from "../../transaction";
import type { SessionGiven } from "./params";

type Mode = "payment" | "setup" | "subscription";
type Name = keyof SessionGiven;

/** Which parameters make sense in which modes; those not named here go with all. */
const modesOf: Partial<Record<Name, Mode[]>> = {
  allow_promotion_codes: ["payment", "subscription"],
  customer_creation: ["payment", "setup"],
  discounts: ["payment", "subscription"],
  invoice_creation: ["payment"],
  line_items: ["payment", "subscription"],
  optional_items: ["payment", "subscription"],
  payment_intent_data: ["payment"],
  payment_method_collection: ["subscription"],
  saved_payment_method_options: ["payment", "subscription"],
  setup_intent_data: ["setup"],
  submit_type: ["payment", "subscription"],
  subscription_data: ["subscription"],
};

/** Which parameters go with which ui; `elements` is drawn by the merchant, so it takes few. */
const uisOf: Partial<Record<Name, string[]>> = {
  success_url: ["hosted_page"],
  cancel_url: ["hosted_page", "form"],
  return_url: ["embedded_page", "elements", "form"],
  redirect_on_completion: ["embedded_page", "form"],
  after_expiration: ["hosted_page", "embedded_page", "form"],
  custom_fields: ["hosted_page", "embedded_page", "form"],
  custom_text: ["hosted_page", "embedded_page", "form"],
  optional_items: ["hosted_page", "embedded_page"],
  origin_context: ["hosted_page", "embedded_page", "form"],
  submit_type: ["hosted_page", "embedded_page", "form"],
};

const exclusive: [Name, Name][] = [
  ["allow_promotion_codes", "discounts"],
  ["customer", "customer_email"],
  ["customer", "customer_creation"],
];

export function checkSession(tx: Tx, given: SessionGiven): void {
  const { mode = "payment", ui_mode: ui = "hosted_page" } = given;
  for (const [name, modes] of Object.entries(modesOf))
    if (given[name as Name] !== undefined && !modes.includes(mode))
      throw invalid(`You can not pass \`${name}\` in \`${mode}\` mode.`, undefined, name);
  for (const [name, uis] of Object.entries(uisOf))
    if (given[name as Name] !== undefined && !uis.includes(ui))
      throw invalid(`\`${name}\` is not allowed when \`ui_mode\` is \`${ui}\`.`, undefined, name);
  for (const [first, second] of exclusive) {
    if (given[first] === undefined || given[second] === undefined) continue;
    if (first === "allow_promotion_codes" && given[first] === false) continue;
    throw invalid(
      `You may only specify one of these parameters: ${first}, ${second}.`,
      "parameters_exclusive",
      second,
    );
  }
  checkAddresses(given, ui);
  checkCustomer(tx, given);
  checkDiscounts(given);
  checkExpiry(tx, given);
  checkTrial(tx, given);
  if (mode === "setup" && given.currency === undefined && !given.allowed_payment_method_types)
    throw invalid("Missing required param: currency.", "parameter_missing", "currency");
}

function checkAddresses(given: SessionGiven, ui: string): void {
  for (const name of ["success_url", "cancel_url", "return_url"] as const) {
    const address = given[name];
    if (address === undefined || isAddress(address)) continue;
    throw invalid("Not a valid URL", "url_invalid", name);
  }
  if (ui === "hosted_page" && !given.success_url)
    throw invalid("Missing required param: success_url.", "parameter_missing", "success_url");
  const stays = given.redirect_on_completion === "never";
  if (ui !== "hosted_page" && !stays && !given.return_url)
    throw invalid("Missing required param: return_url.", "parameter_missing", "return_url");
  if (stays && given.return_url)
    throw invalid(
      "`return_url` cannot be set when `redirect_on_completion` is `never`.",
      "parameters_exclusive",
      "return_url",
    );
}

/** `{CHECKOUT_SESSION_ID}` may stand anywhere in it. */
function isAddress(text: string): boolean {
  const address = text.replaceAll("{CHECKOUT_SESSION_ID}", "cs");
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

function checkCustomer(tx: Tx, given: SessionGiven): void {
  if (given.customer) tx.need("customers", given.customer, "customer");
  if (given.customer_email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(given.customer_email))
    throw invalid(`Invalid email address: ${given.customer_email}`, "email_invalid", "customer_email");
  if (given.customer_update && !given.customer)
    throw invalid("`customer_update` can only be used with `customer`.", "parameter_missing", "customer");
  const named = given.customer && given.customer_update?.name !== "auto";
  if (given.tax_id_collection?.enabled && named)
    throw invalid(
      "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.",
      undefined,
      "customer_update[name]",
    );
}

function checkDiscounts({ discounts = [] }: SessionGiven): void {
  if (discounts.length > 1)
    throw invalid("You can only pass one discount to a Checkout Session.", undefined, "discounts");
  if (discounts[0]?.discount)
    throw invalid(
      "Received unknown parameter: discounts[0][discount]",
      "parameter_unknown",
      "discounts[0][discount]",
    );
}

const halfHour = 30 * 60;
const day = 24 * 60 * 60;

function checkExpiry(tx: Tx, { expires_at: end }: SessionGiven): void {
  if (end === undefined) return;
  if (end < tx.now + halfHour)
    throw invalid(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      undefined,
      "expires_at",
    );
  if (end > tx.now + day)
    throw invalid(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      undefined,
      "expires_at",
    );
}

const longestTrialDays = 730;

function checkTrial(tx: Tx, { subscription_data: data }: SessionGiven): void {
  const { trial_end: end, trial_period_days: days, billing_cycle_anchor: anchor } = data ?? {};
  if (end !== undefined && days !== undefined)
    throw invalid(
      "You may only specify one of these parameters: subscription_data[trial_end], subscription_data[trial_period_days].",
      "parameters_exclusive",
      "subscription_data[trial_period_days]",
    );
  if (days !== undefined && (days < 1 || days > longestTrialDays))
    throw invalid(
      "A trial is at least 1 and at most 730 days long.",
      "parameter_invalid_integer",
      "subscription_data[trial_period_days]",
    );
  if (end !== undefined && end < tx.now + 2 * day)
    throw invalid(
      "The `trial_end` date has to be at least 2 days in the future.",
      undefined,
      "subscription_data[trial_end]",
    );
  if (anchor !== undefined && anchor <= tx.now)
    throw invalid(
      "billing_cycle_anchor must be in the future.",
      undefined,
      "subscription_data[billing_cycle_anchor]",
    );
}
