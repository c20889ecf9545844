import type Stripe from "stripe";
import { applyCheckoutSession } from "../checkout/sync";
import type { Billing } from "../context";
import { applyCreditNote } from "../credit-notes/sync";
import { applyStripeCredit } from "../credits/stripe-credit-sync";
import { rereadCustomerBalance } from "../customers/balance-sync";
import { applyCustomer } from "../customers/sync";
import type { Write } from "../db/sql/mirror-table";
import { applyDispute } from "../disputes/sync";
import { applyInvoice, invoiceExpand } from "../invoices/sync";
import { applyPaymentMethod } from "../payment-methods/sync";
import { applyPayment } from "../payments/sync";
import { syncPrice, syncProduct } from "../plans/sync";
import { syncCoupon, syncPromotionCode } from "../promotion-codes/sync";
import { applyRefund } from "../refunds/sync";
import { idOf } from "../stripe/fields";
import { applySchedule } from "../subscription-schedules/sync";
import { applySubscription } from "../subscriptions/sync";
import type { Apply } from "../webhooks/objects";
import { eachOf } from "./each-of";

/** A page of Stripe's, from the newest object to the oldest. */
export interface Page {
  found: Found[];
  /** Where the next page begins; null after the last one. */
  next: string | null;
}

/** One object as it was listed, and what would mirror it. */
export interface Found {
  id: string;
  /** The Stripe customer that it belongs to, else itself. */
  owner: string;
  created: number;
  apply(write: Write): Promise<Apply>;
}

export interface PageOptions {
  after: string | null;
  limit: number;
}

/** How all objects of one type are read from Stripe. */
export interface Source {
  objectType: string;
  page(billing: Billing, options: PageOptions): Promise<Page>;
}

type Lister<Listed> = (
  stripe: Stripe,
  params: { limit: number; starting_after?: string },
) => Promise<{
  data: Listed[];
  has_more: boolean;
}>;

interface Listable {
  id: string;
  created: number;
  customer?: string | { id: string } | null;
}

function source<Listed extends Listable>(
  objectType: string,
  list: Lister<Listed>,
  apply: (billing: Billing, object: Listed, write: Write) => Promise<Apply>,
): Source {
  return {
    objectType,
    async page(billing, { after, limit }) {
      const params = after ? { limit, starting_after: after } : { limit };
      const { data, has_more: more } = await list(billing.stripe, params);
      return {
        found: data.map((object) => ({
          id: object.id,
          owner: idOf(object.customer) ?? object.id,
          created: object.created,
          apply: (write) => apply(billing, object, write),
        })),
        next: more ? (data.at(-1)?.id ?? null) : null,
      };
    },
  };
}

const customersAtOnce = 8;

/** Stripe lists some things by customer only: a page of these is a page of customers. */
function ofEachCustomer(
  objectType: string,
  find: (billing: Billing, customer: Stripe.Customer) => Promise<Found[]>,
): Source {
  return {
    objectType,
    async page(billing, { after, limit }) {
      const params = after ? { limit, starting_after: after } : { limit };
      const { data, has_more: more } = await billing.stripe.customers.list(params);
      const found: Found[][] = [];
      await eachOf(data, customersAtOnce, async (customer, index) => {
        found[index] = await find(billing, customer);
      });
      return { found: found.flat(), next: more ? (data.at(-1)?.id ?? null) : null };
    },
  };
}

/** Parents before what belongs to them. */
export const sources: Source[] = [
  source(
    "product",
    (stripe, params) => stripe.products.list(params),
    async (_, product, write) => async (client) => {
      await syncProduct(client, product, write);
    },
  ),
  source(
    "price",
    (stripe, params) => stripe.prices.list({ ...params, expand: ["data.tiers"] }),
    async (_, price) => (client) => syncPrice(client, price),
  ),
  source(
    "coupon",
    (stripe, params) => stripe.coupons.list(params),
    async (_, coupon, write) => (client) => syncCoupon(client, coupon, write),
  ),
  source(
    "promotion_code",
    (stripe, params) => stripe.promotionCodes.list(params),
    async (_, code, write) => (client) => syncPromotionCode(client, code, write),
  ),
  source<Stripe.Customer>(
    "customer",
    (stripe, params) => stripe.customers.list({ ...params, expand: ["data.tax_ids"] }),
    applyCustomer,
  ),
  ofEachCustomer("payment_method", async (billing, { id }) => {
    const all = await billing.stripe.customers
      .listPaymentMethods(id, { limit: 100 })
      .autoPagingToArray({ limit: 1_000 });
    return all.map((method) => ({
      id: method.id,
      owner: id,
      created: method.created,
      apply: (write) => applyPaymentMethod(billing, method, write),
    }));
  }),
  ofEachCustomer("customer_balance", async (billing, { id, created }) => [
    { id, owner: id, created, apply: () => rereadCustomerBalance(billing, id) },
  ]),
  source(
    "subscription",
    (stripe, params) => stripe.subscriptions.list({ ...params, status: "all", expand: ["data.discounts"] }),
    applySubscription,
  ),
  source(
    "subscription_schedule",
    (stripe, params) => stripe.subscriptionSchedules.list(params),
    applySchedule,
  ),
  source(
    "payment_intent",
    (stripe, params) =>
      stripe.paymentIntents.list({ ...params, expand: ["data.latest_charge.balance_transaction"] }),
    applyPayment,
  ),
  source(
    "invoice",
    (stripe, params) =>
      stripe.invoices.list({ ...params, expand: invoiceExpand.map((part) => `data.${part}`) }),
    applyInvoice,
  ),
  source(
    "refund",
    (stripe, params) =>
      stripe.refunds.list({
        ...params,
        expand: ["data.balance_transaction", "data.failure_balance_transaction"],
      }),
    applyRefund,
  ),
  source("dispute", (stripe, params) => stripe.disputes.list(params), applyDispute),
  source("credit_note", (stripe, params) => stripe.creditNotes.list(params), applyCreditNote),
  source(
    "billing.credit_grant",
    (stripe, params) => stripe.billing.creditGrants.list(params),
    applyStripeCredit,
  ),
  source("checkout.session", (stripe, params) => stripe.checkout.sessions.list(params), applyCheckoutSession),
];
