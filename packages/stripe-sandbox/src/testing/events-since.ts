import type Stripe from "stripe";

/** The types of the events that the work causes, in their order. */
export async function eventsDuring(stripe: Stripe, work: () => unknown): Promise<string[]> {
  const [last] = (await stripe.events.list({ limit: 1 })).data;
  await work();
  const after = last ? { ending_before: last.id } : {};
  const events = await stripe.events.list({ limit: 100, ...after });
  return events.data.map((event): string => event.type).reverse();
}
