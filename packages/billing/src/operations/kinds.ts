import type Stripe from "stripe";
import type { MoneyOperation } from "../db/generated/client";
import { endIncomplete } from "../subscriptions/end-incomplete";
import type { OperationKind } from "./rules";

/** What Stripe answers to an operation. */
export type Answer = Stripe.Customer | Stripe.Subscription | Stripe.Refund;

export type Operation = MoneyOperation;

interface KindOfOperation {
  /** The call itself; the operation's id is the key, so a repetition within a day changes nothing. */
  call(stripe: Stripe, operation: Operation): Promise<Answer>;
  /** Looks for what a call may have made, where repeating it tells nothing: its key is gone, or keeps a broken answer. */
  probe(stripe: Stripe, operation: Operation): Promise<Answer | undefined>;
  /** One of these is never taken for undone while Stripe may still remember it. */
  movesMoney: boolean;
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
};

/** The parameters are stored as they were first sent: a key only answers to the same ones. */
const paramsOf = <Params>(operation: Operation) => operation.params as unknown as Params;

const keyOf = (operation: Operation) => ({ idempotencyKey: operation.id });

async function madeBy<Made extends { metadata: Record<string, string> | null }>(
  operation: Operation,
  listed: AsyncIterable<Made>,
): Promise<Made | undefined> {
  for await (const object of listed) {
    if (object.metadata?.operation_id === operation.id) return object;
  }
  return undefined;
}
