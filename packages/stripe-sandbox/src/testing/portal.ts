import type Stripe from "stripe";
import { makeClock } from "./clock";
import type { Started } from "./start";
import { makePrice } from "./world";

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

export interface PortalWorld {
  customer: Stripe.Customer;
  subscription: Stripe.Subscription;
  item: string;
  clock: string;
  basic: Stripe.Price;
  pro: Stripe.Price;
  yearly: Stripe.Price;
  to(moment: number): Promise<void>;
  configuration: Stripe.BillingPortal.Configuration;
  /** A session of its own for each thing that is done. */
  does(action: string, params?: object): Promise<{ result: Record<string, unknown>; next: unknown }>;
}

export function everything(prices: Record<string, string[]>): Features {
  return {
    customer_update: {
      enabled: true,
      allowed_updates: ["address", "email", "name", "phone", "shipping", "tax_id"],
    },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: {
      enabled: true,
      cancellation_reason: { enabled: true, options: ["too_expensive", "unused", "other"] },
    },
    subscription_pause: {
      enabled: true,
      duration: {
        type: "interval_options",
        interval_options: [{ interval: "month" }, { interval: "month", interval_count: 3 }],
      },
    },
    subscription_update: {
      enabled: true,
      default_allowed_updates: ["price", "quantity", "promotion_code"],
      proration_behavior: "always_invoice",
      products: Object.entries(prices).map(([product, ids]) => ({
        product,
        prices: ids,
        adjustable_quantity: { enabled: true, minimum: 1, maximum: 20 },
      })),
    },
  };
}

/** A customer of a test clock with a monthly subscription, and a portal that allows everything. */
export async function makePortal(
  { stripe, sandbox }: Pick<Started, "stripe" | "sandbox">,
  given: {
    card?: string;
    change?: (features: Features) => Features;
    mode?: "classic" | "flexible";
    trialDays?: number;
  } = {},
): Promise<PortalWorld> {
  const {
    clock,
    customer,
    price: basic,
    to,
  } = await makeClock(stripe, { card: given.card ?? "pm_card_visa" });
  const pro = await makePrice(stripe, { amount: 5000 });
  const product = String(basic.product);
  const yearly = await stripe.prices.create({
    product,
    currency: "usd",
    unit_amount: 20_000,
    recurring: { interval: "year" },
  });
  const features = everything({ [product]: [basic.id, yearly.id], [String(pro.product)]: [pro.id] });
  const configuration = await stripe.billingPortal.configurations.create({
    features: given.change?.(features) ?? features,
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: basic.id }],
    billing_mode: { type: given.mode ?? "flexible" },
    ...(given.trialDays !== undefined && { trial_period_days: given.trialDays }),
  });
  const does = async (action: string, params: object = {}) => {
    const session = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
    });
    const acted = sandbox.portal(session.id, action, params);
    return { result: acted.result as Record<string, unknown>, next: acted.next };
  };
  const item = subscription.items.data[0]?.id ?? "";
  return { customer, subscription, item, clock: clock.id, basic, pro, yearly, to, configuration, does };
}
