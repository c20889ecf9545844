import type pg from "pg";
import { refreshCheckoutSession } from "../checkout/sync";
import type { Billing } from "../context";
import { refreshCreditNote } from "../credit-notes/sync";
import { refreshStripeCredit } from "../credits/stripe-credit-sync";
import { refreshCustomerBalance } from "../customers/balance-sync";
import { refreshCustomer } from "../customers/sync";
import { closeProduct } from "../db/sql/prices";
import { subscriptionsOfSetupIntent } from "../db/sql/subscriptions";
import { refreshDispute } from "../disputes/sync";
import { forgetDraft, refreshInvoice } from "../invoices/sync";
import { refreshPaymentMethod } from "../payment-methods/sync";
import { refreshPayment } from "../payments/sync";
import { readPrice, syncPrice, syncProduct } from "../plans/sync";
import { forgetCoupon, refreshCoupon, refreshPromotionCode } from "../promotion-codes/sync";
import { refreshRefund } from "../refunds/sync";
import { idOf } from "../stripe/fields";
import { refreshSchedule } from "../subscription-schedules/sync";
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
  // What will become of a subscription without anybody doing anything more.
  subscription_schedule: refreshSchedule,
  // Whether the money came; carries its charges, with what they brought us.
  payment_intent: refreshPayment,
  // A refund may still fail after it has succeeded.
  refund: refreshRefund,
  // The bank wants a payment back, and by when it must be answered.
  dispute: refreshDispute,
  // A part of an invoice was taken back.
  credit_note: refreshCreditNote,
  // What a customer has with us beside invoices; there are no events of it, see balance-sync.
  customer_balance: refreshCustomerBalance,
  // Credit at Stripe that pays for metered usage, with what was used of it.
  "billing.credit_grant": refreshStripeCredit,
  // How a visit to Stripe's own checkout page ended.
  "checkout.session": refreshCheckoutSession,
  // What may be taken off, for how long, and how often it was.
  coupon: refreshCoupon,
  promotion_code: refreshPromotionCode,
  // A card was saved, or could not be: what waited for it is read again.
  setup_intent: refreshAfterSetup,
  // Which price at Stripe is which plan of the catalogue.
  price: refreshPrice,
  // A product that is archived takes its prices off the shelf.
  product: refreshProduct,
  // Parts, which a thin event names without saying of what.
  charge: refreshPaymentOfCharge,
  invoice_payment: refreshInvoiceOfPayment,
  "billing.credit_balance_transaction": refreshCreditOfMovement,
};

export interface HandlerTables {
  own: Record<string, Handler>;
  /** Given a client that acts for the connected account. */
  connected: Record<string, Handler>;
}

/** Of connected accounts nothing is mirrored: their customers are theirs. Their events are stored and ignored. */
export const handlerTables: HandlerTables = { own: handlers, connected: {} };

/** What becomes of a mirror whose object is gone at Stripe. Without a line here it stays as it was last known. */
export const whenGone: Record<string, (client: pg.PoolClient, objectId: string) => Promise<void>> = {
  invoice: forgetDraft,
  product: closeProduct,
  coupon: forgetCoupon,
};

/** What must be read again when an object changes that is only a part of another. */
export const partOf: Record<string, { objectType: string; field: string }> = {
  charge: { objectType: "payment_intent", field: "payment_intent" },
  invoice_payment: { objectType: "invoice", field: "invoice" },
  tax_id: { objectType: "customer", field: "customer" },
  "billing.credit_balance_transaction": { objectType: "billing.credit_grant", field: "credit_grant" },
};

async function refreshPaymentOfCharge({ stripe }: Billing, id: string): Promise<Apply> {
  const charge = await stripe.charges.retrieve(id);
  return markWhole("payment_intent", idOf(charge.payment_intent));
}

async function refreshInvoiceOfPayment({ stripe }: Billing, id: string): Promise<Apply> {
  const payment = await stripe.invoicePayments.retrieve(id);
  return markWhole("invoice", idOf(payment.invoice));
}

async function refreshCreditOfMovement({ stripe }: Billing, id: string): Promise<Apply> {
  const movement = await stripe.billing.creditBalanceTransactions.retrieve(id);
  return markWhole("billing.credit_grant", idOf(movement.credit_grant));
}

const markWhole =
  (objectType: string, id: string | null): Apply =>
  async (client) => {
    if (id) await markForRefresh(client, objectType, id);
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
  const price = await readPrice(billing.stripe, id);
  return (client) => syncPrice(client, price);
}

async function refreshProduct(billing: Billing, id: string): Promise<Apply> {
  const product = await billing.stripe.products.retrieve(id);
  const prices = await billing.db.price.findMany({ where: { productId: id }, select: { id: true } });
  return async (client) => {
    await syncProduct(client, product, "latest");
    for (const price of prices) await markForRefresh(client, "price", price.id);
  };
}
