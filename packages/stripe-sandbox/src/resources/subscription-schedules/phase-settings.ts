import type { Subscription, SubscriptionSchedule } from "../../tables";
import { taxSettingOf } from "../subscriptions/settings";
import type { Phase } from "./build-phases";

type Defaults = SubscriptionSchedule["default_settings"];

interface Settings
  extends Pick<
    Defaults,
    "billing_thresholds" | "collection_method" | "default_payment_method" | "description"
  > {
  automatic_tax: { enabled: boolean };
  invoice_settings: Pick<
    Defaults["invoice_settings"],
    "custom_fields" | "days_until_due" | "description" | "footer"
  >;
}

/** What a phase does not set is as the schedule says for all of them. */
export function settingsOf({ default_settings: defaults }: SubscriptionSchedule, phase: Phase): Settings {
  const own = phase.invoice_settings;
  return {
    automatic_tax: phase.automatic_tax ?? defaults.automatic_tax ?? taxSettingOf(false),
    billing_thresholds: phase.billing_thresholds ?? defaults.billing_thresholds,
    collection_method: phase.collection_method ?? defaults.collection_method,
    default_payment_method: phase.default_payment_method ?? defaults.default_payment_method,
    description: phase.description ?? defaults.description,
    invoice_settings: {
      custom_fields: own?.custom_fields ?? defaults.invoice_settings.custom_fields,
      days_until_due: own?.days_until_due ?? defaults.invoice_settings.days_until_due,
      description: own?.description ?? defaults.invoice_settings.description,
      footer: own?.footer ?? defaults.invoice_settings.footer,
    },
  };
}

/** As a request would say it. */
export function asThresholds(shown: Subscription["billing_thresholds"]) {
  if (!shown) return null;
  const { amount_gte: amount, reset_billing_cycle_anchor: resets } = shown;
  return {
    ...(amount !== null && { amount_gte: amount }),
    ...(resets !== null && { reset_billing_cycle_anchor: resets }),
  };
}
