import type Stripe from "stripe";
import type { Sandbox } from "../../index";
import { cardForms, paymentMethods, setupIntents } from "./cards";
import { catalog, entitlements } from "./catalog";
import { checkout, checkoutSubscriptions } from "./checkout";
import { accounts, alerts, compellingEvidence, directCharges, sharedBilling, transfers } from "./connect";
import { creditNotes } from "./credit-notes";
import { customers } from "./customers";
import { discounts, taxRates } from "./discounts";
import { disputes, files, fraudWarnings } from "./disputes";
import { events, thinEvents } from "./events";
import { expansions } from "./expansions";
import { invoices, previews } from "./invoices";
import { charges, paymentIntents, refunds } from "./payments";
import { portalActions, portalSessions, taxIds } from "./portal";
import { automaticTax, phasedSchedules, subscriptionExtras } from "./subscription-extras";
import { pendingUpdates, subscriptions } from "./subscriptions";
import { renewals, schedules, trialsAndDueDates } from "./time";
import { credits, meterStream, meters } from "./usage";

/** Each has a sandbox for itself; all answers it gets and all events it causes are judged. `as` is for other keys. */
export type Scenario = (stripe: Stripe, sandbox: Sandbox, as: (key: string) => Stripe) => Promise<void>;

export const scenarios: Record<string, Scenario> = {
  customers,
  catalog,
  entitlements,
  paymentMethods,
  setupIntents,
  cardForms,
  paymentIntents,
  charges,
  refunds,
  disputes,
  fraudWarnings,
  files,
  discounts,
  taxRates,
  taxIds,
  portalSessions,
  portalActions,
  invoices,
  previews,
  creditNotes,
  subscriptions,
  pendingUpdates,
  subscriptionExtras,
  automaticTax,
  phasedSchedules,
  renewals,
  trialsAndDueDates,
  schedules,
  meters,
  credits,
  meterStream,
  events,
  thinEvents,
  expansions,
  accounts,
  transfers,
  directCharges,
  sharedBilling,
  compellingEvidence,
  alerts,
  checkout,
  checkoutSubscriptions,
};
