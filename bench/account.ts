import Stripe from "stripe";
import { portIn, sandboxProgram } from "./bundles";
import type { Workspace } from "./workspace";

/** A sandbox in a process of its own, and who asks it as the product does. */
export interface Account {
  url: string;
  pid: number;
  stripe: Stripe;
}

const connections = 8;

export async function sandboxAccount(workspace: Workspace): Promise<Account> {
  const { pid, line } = workspace.start(sandboxProgram);
  const port = portIn(await line('"listening"'));
  const stripe = new Stripe("sk_test_farebox", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
  });
  return { url: `http://127.0.0.1:${port}`, pid, stripe };
}

/** A few at a time, as many times as there are numbers. */
export async function eachAtOnce(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: connections }, one));
}

/** Customers with a card that pays a monthly subscription, and what became of them: every object has changed. */
export async function subscribers({ stripe }: Account, count: number): Promise<void> {
  const { id: price } = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2900,
    recurring: { interval: "month" },
    product_data: { name: "Growth" },
  });
  await eachAtOnce(count, async (index) => {
    const { id: customer } = await stripe.customers.create({
      name: `Bench ${index}`,
      email: `bench-${index}@customer.example`,
    });
    const { id: card } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await stripe.subscriptions.update(id, { metadata: { index } });
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await stripe.customers.update(customer, { name: `Bench ${index} Ltd` });
    for (const year of [2041, 2042]) await stripe.paymentMethods.update(card, { card: { exp_year: year } });
  });
}
