import { accounts } from "./accounts/routes";
import { alerts } from "./alerts/routes";
import { applicationFees } from "./application-fees/routes";
import { balance } from "./balance";
import { charges } from "./charges/routes";
import { checkoutSessions } from "./checkout/routes";
import { confirmationTokens } from "./confirmation-tokens";
import { coupons } from "./coupons/routes";
import { creditGrants } from "./credit-grants/routes";
import { creditNotes } from "./credit-notes/routes";
import { customerBalance } from "./customer-balance";
import { customerSessions } from "./customer-sessions";
import { customers } from "./customers";
import { discounts } from "./discounts/routes";
import { disputes } from "./disputes/routes";
import { earlyFraudWarnings } from "./early-fraud-warnings";
import { entitlements } from "./entitlements/routes";
import { eventDestinations } from "./event-destinations/routes";
import { events } from "./events";
import { fileLinks } from "./file-links";
import { files } from "./files";
import { invoiceItems } from "./invoice-items/routes";
import { invoicePayments } from "./invoices/payments";
import { invoices } from "./invoices/routes";
import { mandates } from "./mandates/routes";
import { meters } from "./meters/routes";
import { paymentIntents } from "./payment-intents/routes";
import { paymentMethods } from "./payment-methods/routes";
import { plans } from "./plans";
import { portal } from "./portal/routes";
import { prices } from "./prices/routes";
import { products } from "./products/routes";
import { promotionCodes } from "./promotion-codes/routes";
import { refunds } from "./refunds/routes";
import type { Resource } from "./resource";
import { search } from "./search";
import { setupIntents } from "./setup-intents/routes";
import { subscriptionSchedules } from "./subscription-schedules/routes";
import { subscriptions } from "./subscriptions/routes";
import { taxIds } from "./tax-ids/routes";
import { taxRates } from "./tax-rates";
import { testClocks } from "./test-clocks/routes";
import { thinEvents } from "./thin-events";
import { tokens } from "./tokens";
import { transfers } from "./transfers/routes";
import { webhookEndpoints } from "./webhook-endpoints";

export const resources: Resource[] = [
  accounts,
  transfers,
  applicationFees,
  customers,
  customerBalance,
  products,
  prices,
  plans,
  paymentMethods,
  setupIntents,
  mandates,
  paymentIntents,
  confirmationTokens,
  charges,
  refunds,
  disputes,
  earlyFraudWarnings,
  files,
  fileLinks,
  tokens,
  customerSessions,
  search,
  meters,
  alerts,
  checkoutSessions,
  entitlements,
  balance,
  coupons,
  promotionCodes,
  discounts,
  taxRates,
  taxIds,
  portal,
  subscriptions,
  invoices,
  invoiceItems,
  creditNotes,
  creditGrants,
  invoicePayments,
  events,
  webhookEndpoints,
  eventDestinations,
  thinEvents,
  testClocks,
  subscriptionSchedules,
];
