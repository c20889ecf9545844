import type Stripe from "stripe";

interface PriceGiven {
  amount?: number;
  currency?: string;
  recurring?: Stripe.PriceCreateParams.Recurring | null;
}

export async function makePrice(stripe: Stripe, given: PriceGiven = {}): Promise<Stripe.Price> {
  const { amount = 2000, currency = "usd", recurring = { interval: "month" } } = given;
  const product = await stripe.products.create({ name: `Plan ${amount}` });
  return stripe.prices.create({
    product: product.id,
    currency,
    unit_amount: amount,
    ...(recurring && { recurring }),
  });
}

/** A customer whose default card is this one; the card must be one that can be attached. */
export async function makeCustomer(
  stripe: Stripe,
  card?: string,
  more: Stripe.CustomerCreateParams = {},
): Promise<Stripe.Customer> {
  const customer = await stripe.customers.create({ email: "ada@example.com", name: "Ada", ...more });
  if (!card) return customer;
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
}

export function expandedInvoice(subscription: Stripe.Subscription): Stripe.Invoice {
  const invoice = subscription.latest_invoice;
  if (invoice === null || typeof invoice === "string") throw new Error("latest_invoice was not expanded");
  return invoice;
}

/** A subscription that waits for its first payment, and the secret to pay it with. */
export async function makeIncomplete(stripe: Stripe, customer: string, price: string) {
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    payment_behavior: "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    expand: ["latest_invoice.confirmation_secret", "latest_invoice.payments"],
  });
  const invoice = expandedInvoice(subscription);
  const secret = invoice.confirmation_secret?.client_secret ?? "";
  return { subscription, invoice, secret, intent: secret.split("_secret_")[0] ?? "" };
}

/** A succeeded charge by this card, captured and paid without anybody present. */
export async function charged(stripe: Stripe, card: string, amount = 1000): Promise<Stripe.Charge> {
  const intent = await stripe.paymentIntents.create({
    amount,
    currency: "usd",
    payment_method: card,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    expand: ["latest_charge"],
  });
  const charge = intent.latest_charge;
  if (charge === null || typeof charge === "string") throw new Error("latest_charge was not expanded");
  return charge;
}

/** The types of the events about one object, oldest first. */
export async function eventsOf(stripe: Stripe, id: string): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data
    .filter(({ data }) => Reflect.get(data.object, "id") === id)
    .map(({ type }): string => type)
    .reverse();
}
