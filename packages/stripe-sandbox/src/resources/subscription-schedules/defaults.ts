import type { Subscription, SubscriptionSchedule } from "../../tables";
import { changedSettings, noInvoiceSettings, taxSettingOf, thresholdsOf } from "../subscriptions/settings";
import type { Phase } from "./build-phases";
import type { DefaultsGiven } from "./params";
import type { PhaseGiven } from "./phase-params";

type Defaults = SubscriptionSchedule["default_settings"];

export function blankDefaults(subscription: Subscription | null): Defaults {
  const days = subscription?.days_until_due ?? null;
  return {
    application_fee_percent: null,
    automatic_tax: subscription?.automatic_tax ?? taxSettingOf(false),
    billing_cycle_anchor: "automatic",
    billing_thresholds: subscription?.billing_thresholds ?? null,
    collection_method: subscription?.collection_method ?? "charge_automatically",
    default_payment_method: subscription?.default_payment_method ?? null,
    description: subscription?.description ?? null,
    invoice_settings: { ...(subscription?.invoice_settings ?? noInvoiceSettings), days_until_due: days },
    on_behalf_of: null,
    transfer_data: null,
  };
}

/** What is not given stays. */
export function changedDefaults(current: Defaults, given: DefaultsGiven): Defaults {
  const { invoice_settings: settings } = given;
  return {
    ...current,
    ...(given.automatic_tax && { automatic_tax: taxSettingOf(given.automatic_tax.enabled) }),
    ...(given.billing_cycle_anchor && { billing_cycle_anchor: given.billing_cycle_anchor }),
    ...(given.billing_thresholds !== undefined && {
      billing_thresholds: thresholdsOf(given.billing_thresholds),
    }),
    ...(given.collection_method && { collection_method: given.collection_method }),
    ...(given.default_payment_method && { default_payment_method: given.default_payment_method }),
    ...(given.description !== undefined && { description: given.description }),
    ...(settings && {
      invoice_settings: {
        ...changedSettings({ ...noInvoiceSettings, ...current.invoice_settings }, settings),
        days_until_due: settings.days_until_due ?? current.invoice_settings.days_until_due,
      },
    }),
  };
}

export function phaseSettings(given: PhaseGiven["invoice_settings"]): Phase["invoice_settings"] {
  if (!given) return null;
  return { ...changedSettings(noInvoiceSettings, given), days_until_due: given.days_until_due ?? null };
}
