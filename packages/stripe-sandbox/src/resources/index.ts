import { balance } from "./balance";
import { charges } from "./charges/routes";
import { confirmationTokens } from "./confirmation-tokens";
import { customerBalance } from "./customer-balance";
import { customers } from "./customers";
import { events } from "./events";
import { invoiceItems } from "./invoice-items";
import { invoicePayments } from "./invoices/payments";
import { invoices } from "./invoices/routes";
import { paymentIntents } from "./payment-intents/routes";
import { paymentMethods } from "./payment-methods/routes";
import { prices } from "./prices/routes";
import { products } from "./products/routes";
import { refunds } from "./refunds/routes";
import type { Resource } from "./resource";
import { setupIntents } from "./setup-intents/routes";
import { subscriptions } from "./subscriptions/routes";
import { webhookEndpoints } from "./webhook-endpoints";

export const resources: Resource[] = [
  customers,
  customerBalance,
  products,
  prices,
  paymentMethods,
  setupIntents,
  paymentIntents,
  confirmationTokens,
  charges,
  refunds,
  balance,
  subscriptions,
  invoices,
  invoiceItems,
  invoicePayments,
  events,
  webhookEndpoints,
];
