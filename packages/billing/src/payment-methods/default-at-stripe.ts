import type Stripe from "stripe";
import type { KindOfOperation, Operation } from "../operations/kinds";
import { keyOf, paramsOf, stepKeyOf } from "../operations/params";
import { hasEnded } from "../subscriptions/rules";

export interface NewDefault {
  customer: string;
  card: string;
  /** Those with a card of their own: it would go on paying whatever the customer's default is. */
  subscriptions: string[];
}

/** The customer's default and the cards of its subscriptions are one change: a repetition finishes what is left. */
export const cardDefault: KindOfOperation = {
  async call(stripe, operation) {
    const { customer, card, subscriptions } = paramsOf<NewDefault>(operation);
    const changed = await stripe.customers.update(
      customer,
      { invoice_settings: { default_payment_method: card } },
      keyOf(operation),
    );
    for (const id of subscriptions) await moveOwnCard(stripe, operation, id);
    return changed;
  },
  async probe(stripe, operation) {
    const { customer, card } = paramsOf<NewDefault>(operation);
    const found = await stripe.customers.retrieve(customer);
    if (found.deleted || found.invoice_settings.default_payment_method !== card) return undefined;
    return found;
  },
  movesMoney: false,
  provenBy: "answer",
};

/** One that has ended meanwhile needs no card. */
async function moveOwnCard(stripe: Stripe, operation: Operation, id: string): Promise<void> {
  const { card } = paramsOf<NewDefault>(operation);
  try {
    await stripe.subscriptions.update(id, { default_payment_method: card }, stepKeyOf(operation, id));
  } catch (error) {
    const { status } = await stripe.subscriptions.retrieve(id);
    if (!hasEnded(status)) throw error;
  }
}
