import type Stripe from "stripe";
import type { KindOfOperation } from "../operations/kinds";
import { keyOf, madeBy, paramsOf } from "../operations/params";

export const setupCreate: KindOfOperation = {
  call: (stripe, operation) =>
    stripe.setupIntents.create(paramsOf<Stripe.SetupIntentCreateParams>(operation), keyOf(operation)),
  probe: (stripe, operation) => {
    const { customer } = paramsOf<Stripe.SetupIntentCreateParams>(operation);
    return madeBy(operation, stripe.setupIntents.list({ customer, limit: 100 }));
  },
  movesMoney: false,
  provenBy: "answer",
};
