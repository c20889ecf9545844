import type pg from "pg";
import type { Billing } from "../context";
import { refreshCustomer } from "../customers/sync";
import { subscriptionsOfSetupIntent } from "../db/sql/subscriptions";
import { forgetDraft, refreshInvoice } from "../invoices/sync";
import { refreshPaymentMethod } from "../payment-methods/sync";
import { refreshPayment } from "../payments/sync";
import { syncPrice } from "../plans/sync";
import { refreshRefund } from "../refunds/sync";
import { idOf } from "../stripe/fields";
import { refreshSubscription } from "../subscriptions/sync";
import { type Apply, markForRefresh } from "./objects";

/** Reads the newest state from Stripe now; what it returns writes it, in the transaction that proves the lease. */
export type Handler = (billing: Billing, objectId: string) => Promise<Apply>;

/** Which objects of Stripe's we keep up to date. A type without a line here is stored and ignored. */
export const handlers: Record<string, Handler> = {
  // Balance, currency and default card decide what the next charge will do.
  customer: refreshCustomer,
  // The card that is shown, and that pays the next period.
  payment_method: refreshPaymentMethod,
  // Whether the customer may use what was bought.
  subscription: refreshSubscription,
  // What is owed and what was paid, with its lines and payments.
  invoice: refreshInvoice,
  // Whether the money came; carries its newest charge, with refunds and disputes of it.
  payment_intent: refreshPayment,
  // A refund may still fail after it has succeeded.
  refund: refreshRefund,
  // A card was saved, or could not be: what waited for it is read again.
  setup_intent: refreshAfterSetup,
  // Which price at Stripe is which plan of the catalogue.
  price: refreshPrice,
  // A product that is archived takes its prices off the shelf.
  product: refreshProduct,
};

/** What becomes of a mirror whose object is gone at Stripe. Without a line here it stays as it was last known. */
export const whenGone: Record<string, (client: pg.PoolClient, objectId: string) => Promise<void>> = {
  invoice: forgetDraft,
};

/** What must be read again when an object changes that is only a part of another. */
export const partOf: Record<string, { objectType: string; field: string }> = {
  charge: { objectType: "payment_intent", field: "payment_intent" },
  dispute: { objectType: "payment_intent", field: "payment_intent" },
  invoice_payment: { objectType: "invoice", field: "invoice" },
};

async function refreshAfterSetup(billing: Billing, id: string): Promise<Apply> {
  const intent = await billing.stripe.setupIntents.retrieve(id);
  const waiting = await subscriptionsOfSetupIntent(billing.pool, id);
  const customer = idOf(intent.customer);
  return async (client) => {
    if (customer) await markForRefresh(client, "customer", customer);
    for (const subscription of waiting) await markForRefresh(client, "subscription", subscription);
  };
}

async function refreshPrice(billing: Billing, id: string): Promise<Apply> {
  const price = await billing.stripe.prices.retrieve(id);
  return (client) => syncPrice(client, price);
}

async function refreshProduct(billing: Billing, id: string): Promise<Apply> {
  const prices = await billing.db.price.findMany({ where: { productId: id }, select: { id: true } });
  return async (client) => {
    for (const price of prices) await markForRefresh(client, "price", price.id);
  };
}
