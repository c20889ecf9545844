import { invalid } from "../../http/errors";
import { bool, clearable, hash, int, list, oneOf, only, text, unsupported } from "../../http/params";
import type { Subscription } from "../../tables";

export const billingMode = hash(
  {
    type: oneOf("classic", "flexible"),
    flexible: hash({ proration_discounts: oneOf("included", "itemized") }),
  },
  ["type"],
);

export function modeOf(given: Partial<ReturnType<typeof billingMode>> | undefined) {
  if (given?.type === "classic" && given.flexible) {
    const message = "billing_mode[flexible] can only be set with billing_mode[type]=flexible.";
    throw invalid(message, undefined, "billing_mode[flexible]");
  }
  if (given?.type === "classic") return { flexible: null, type: "classic" as const };
  const { proration_discounts: shown = "included" } = given?.flexible ?? {};
  return { flexible: { proration_discounts: shown }, type: "flexible" as const };
}

/** Whether prorations show what they are before discounts, and the discounts beside. */
export function isItemized({ flexible }: Subscription["billing_mode"]): boolean {
  return flexible?.proration_discounts === "itemized";
}

const self = hash({ type: only("self"), account: unsupported }, ["type"]);
export const automaticTax = hash({ enabled: bool, liability: self }, ["enabled"]);

export function taxSettingOf(enabled: boolean): Subscription["automatic_tax"] {
  return { disabled_reason: null, enabled, liability: enabled ? { type: "self" } : null };
}

const customFields = clearable(list(hash({ name: text, value: text }, ["name", "value"])));
const onInvoices = {
  account_tax_ids: unsupported,
  custom_fields: customFields,
  description: clearable(text),
  footer: clearable(text),
  issuer: self,
};
/** What every invoice of a subscription says. */
export const invoiceSettings = hash(onInvoices);
export const scheduleInvoiceSettings = hash({ ...onInvoices, days_until_due: int });

type Texts = Omit<ReturnType<typeof invoiceSettings>, "account_tax_ids" | "issuer">;
export type InvoiceSettings = Subscription["invoice_settings"];

export function changedSettings(current: InvoiceSettings, given: Texts): InvoiceSettings {
  return {
    ...current,
    ...(given.custom_fields !== undefined && { custom_fields: given.custom_fields }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.footer !== undefined && { footer: given.footer }),
  };
}

export const noInvoiceSettings: InvoiceSettings = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  issuer: { type: "self" },
};

export const anchorConfig = hash({ day_of_month: int, hour: int, minute: int, month: int, second: int }, [
  "day_of_month",
]);

const ranges = {
  day_of_month: [1, 31],
  hour: [0, 23],
  minute: [0, 59],
  month: [1, 12],
  second: [0, 59],
} as const;

export function anchorDayOf(given: ReturnType<typeof anchorConfig>) {
  for (const [key, [least, most]] of Object.entries(ranges)) {
    const value = given[key as keyof typeof ranges];
    if (value === undefined || (value >= least && value <= most)) continue;
    const message = `billing_cycle_anchor_config[${key}] must be from ${least} to ${most}.`;
    throw invalid(message, undefined, `billing_cycle_anchor_config[${key}]`);
  }
  const { day_of_month, hour = null, minute = null, month = null, second = null } = given;
  return { day_of_month, hour, minute, month, second };
}

export const itemInterval = clearable(
  hash({ interval: oneOf("day", "week", "month", "year"), interval_count: int }, ["interval"]),
);

export const thresholds = clearable(hash({ amount_gte: int, reset_billing_cycle_anchor: bool }));

/** An amount, a new period when it is reached, or both; nothing else is a threshold. */
export function thresholdsOf(given: ReturnType<typeof thresholds>): Subscription["billing_thresholds"] {
  if (!given) return null;
  const { amount_gte: amount, reset_billing_cycle_anchor: resets } = given;
  if (amount !== undefined && amount < 1)
    throw invalid(
      "amount_gte must be positive.",
      "parameter_invalid_integer",
      "billing_thresholds[amount_gte]",
    );
  return { amount_gte: amount ?? null, reset_billing_cycle_anchor: resets ?? null };
}
