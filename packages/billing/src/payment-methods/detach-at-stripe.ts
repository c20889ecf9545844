import type Stripe from "stripe";
import type { KindOfOperation, Operation } from "../operations/kinds";
import { keyOf, paramsOf } from "../operations/params";

export interface Detachment {
  card: string;
}

export const cardDetach: KindOfOperation = {
  call: detach,
  probe: detach,
  movesMoney: false,
  provenBy: "answer",
};

/** Stripe refuses to detach what is detached; that is what was wanted. */
async function detach(stripe: Stripe, operation: Operation): Promise<Stripe.PaymentMethod> {
  const { card } = paramsOf<Detachment>(operation);
  try {
    return await stripe.paymentMethods.detach(card, {}, keyOf(operation));
  } catch (error) {
    const found = await stripe.paymentMethods.retrieve(card);
    if (found.customer) throw error;
    return found;
  }
}
