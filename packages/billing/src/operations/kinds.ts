import type Stripe from "stripe";
import { taxIdCreate, taxIdDelete } from "../customers/tax-id-at-stripe";
import { customerUpdate } from "../customers/update-at-stripe";
import type { MoneyOperation } from "../db/generated/client";
import { invoicePay } from "../invoices/pay-at-stripe";
import { cardDefault } from "../payment-methods/default-at-stripe";
import { cardDetach } from "../payment-methods/detach-at-stripe";
import { setupCreate } from "../payment-methods/setup-at-stripe";
import { changeDrop, planChange } from "../subscriptions/change-at-stripe";
import { subscriptionEnd } from "../subscriptions/end-at-stripe";
import { endIncomplete } from "../subscriptions/end-incomplete";
import { scheduleCreate, scheduleRelease } from "../subscriptions/schedule-at-stripe";
import { subscriptionUpdate } from "../subscriptions/update-at-stripe";
import { keyOf, madeBy, paramsOf } from "./params";
import type { OperationKind } from "./rules";

/** What Stripe answers to an operation. */
export type Answer =
  | Stripe.Customer
  | Stripe.Subscription
  | Stripe.Refund
  | Stripe.SetupIntent
  | Stripe.PaymentMethod
  | Stripe.Invoice;

export type Operation = MoneyOperation;

export interface KindOfOperation {
  /** The call itself; the operation's id is the key, so a repetition within a day changes nothing. */
  call(stripe: Stripe, operation: Operation): Promise<Answer>;
  /** Looks for what a call may have made, where repeating it tells nothing: its key is gone, or keeps a broken answer. */
  probe(stripe: Stripe, operation: Operation): Promise<Answer | undefined>;
  /** One of these is never taken for undone while Stripe may still remember it. */
  movesMoney: boolean;
  /** What it changes carries no mark of the operation: then it is done when Stripe has said so. */
  provenBy?: "answer";
}

export const kinds: Record<OperationKind, KindOfOperation> = {
  customer_create: {
    call: (stripe, operation) =>
      stripe.customers.create(paramsOf<Stripe.CustomerCreateParams>(operation), keyOf(operation)),
    probe: (stripe, operation) => {
      const { email } = paramsOf<Stripe.CustomerCreateParams>(operation);
      return madeBy(operation, stripe.customers.list({ email, limit: 100 }));
    },
    movesMoney: false,
  },
  subscription_create: {
    call: (stripe, operation) =>
      stripe.subscriptions.create(paramsOf<Stripe.SubscriptionCreateParams>(operation), keyOf(operation)),
    probe: async (stripe, operation) => {
      const { customer, expand } = paramsOf<Stripe.SubscriptionCreateParams>(operation);
      const listed = stripe.subscriptions.list({ customer, status: "all", limit: 100 });
      const made = await madeBy(operation, listed);
      return made && stripe.subscriptions.retrieve(made.id, { expand });
    },
    // The browser pays, with a secret that nobody has been given yet.
    movesMoney: false,
  },
  subscription_cancel: {
    call: (stripe, operation) => endIncomplete(stripe, operation),
    probe: (stripe, operation) => endIncomplete(stripe, operation),
    movesMoney: false,
  },
  refund_create: {
    call: (stripe, operation) =>
      stripe.refunds.create(paramsOf<Stripe.RefundCreateParams>(operation), keyOf(operation)),
    probe: (stripe, operation) => {
      const { payment_intent: payment } = paramsOf<Stripe.RefundCreateParams>(operation);
      return madeBy(operation, stripe.refunds.list({ payment_intent: payment, limit: 100 }));
    },
    movesMoney: true,
  },
  customer_update: customerUpdate,
  tax_id_create: taxIdCreate,
  tax_id_delete: taxIdDelete,
  setup_create: setupCreate,
  card_default: cardDefault,
  card_detach: cardDetach,
  invoice_pay: invoicePay,
  subscription_end: subscriptionEnd,
  plan_change: planChange,
  change_drop: changeDrop,
  schedule_create: scheduleCreate,
  schedule_release: scheduleRelease,
  subscription_update: subscriptionUpdate,
};
