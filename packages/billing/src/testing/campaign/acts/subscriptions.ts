import type { Act, Moment } from "../moment";

async function anyPrice({ stripe, known, one }: Moment): Promise<string> {
  if (known.prices.length === 0) {
    const { data } = await stripe.prices.list({ active: true, currency: "usd", type: "recurring", limit: 3 });
    known.prices.push(...data.map(({ id }) => id).toReversed());
  }
  return one(known.prices, 1);
}

const behaviors = ["always_invoice", "create_prorations", "none"] as const;

/** Hands in the Stripe dashboard: subscriptions, their schedules and discounts, and the checkout page. */
export const subscriptions: Record<string, Act> = {
  async sellPlan(moment) {
    const { stripe, known, numbers, one } = moment;
    const coupon = numbers[2] % 3 === 0 ? known.coupons.at(-1) : undefined;
    const { id } = await stripe.subscriptions.create({
      customer: one(known.customers),
      items: [{ price: await anyPrice(moment), quantity: (numbers[2] % 3) + 1 }],
      ...(numbers[0] % 4 === 0 && { trial_period_days: 5 }),
      ...(numbers[0] % 5 === 0 && { collection_method: "send_invoice", days_until_due: 7 }),
      ...(coupon && { discounts: [{ coupon }] }),
    });
    known.subscriptions.push(id);
  },
  async change(moment) {
    const { stripe, known, numbers, one } = moment;
    const { id, items } = await stripe.subscriptions.retrieve(one(known.subscriptions));
    return stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id ?? "", price: await anyPrice(moment), quantity: (numbers[2] % 5) + 1 }],
      proration_behavior: one(behaviors, 2),
    });
  },
  leaveLater: ({ stripe, known, numbers, one }) =>
    stripe.subscriptions.update(one(known.subscriptions), { cancel_at_period_end: numbers[1] % 2 === 0 }),
  /** Old ones end after new ones have begun, and the other way round. */
  leave: ({ stripe, known, numbers, one }) =>
    stripe.subscriptions.cancel(one(known.subscriptions), {
      prorate: numbers[1] % 2 === 0,
      invoice_now: numbers[2] % 2 === 0,
    }),
  hold: ({ stripe, known, numbers, one }) =>
    stripe.subscriptions.update(one(known.subscriptions), {
      pause_collection: numbers[1] % 2 ? { behavior: "void" } : "",
    }),
  endTrial: ({ stripe, known, one }) =>
    stripe.subscriptions.update(one(known.subscriptions), { trial_end: "now" }),
  reduce: ({ stripe, known, numbers, one }) =>
    stripe.subscriptions.update(one(known.subscriptions), {
      discounts:
        numbers[2] % 2 ? [{ promotion_code: one(known.codes, 1) }] : [{ coupon: one(known.coupons, 1) }],
    }),
  reduceNoMore: ({ stripe, known, one }) => stripe.subscriptions.deleteDiscount(one(known.subscriptions)),
  async plan({ stripe, known, one }) {
    const { id } = await stripe.subscriptionSchedules.create({ from_subscription: one(known.subscriptions) });
    known.schedules.push(id);
  },
  async planChange(moment) {
    const { stripe, known, numbers, one } = moment;
    const { id, phases } = await stripe.subscriptionSchedules.retrieve(one(known.schedules));
    const [now] = phases;
    return stripe.subscriptionSchedules.update(id, {
      phases: [
        {
          items: [{ price: String(now?.items[0]?.price), quantity: now?.items[0]?.quantity ?? 1 }],
          start_date: now?.start_date,
          end_date: now?.end_date,
        },
        {
          items: [{ price: await anyPrice(moment), quantity: (numbers[2] % 3) + 1 }],
          duration: { interval: "month", interval_count: 1 },
        },
      ],
    });
  },
  unplan: ({ stripe, known, numbers, one }) =>
    numbers[1] % 2
      ? stripe.subscriptionSchedules.release(one(known.schedules))
      : stripe.subscriptionSchedules.cancel(one(known.schedules)),
  async openCheckout(moment) {
    const { stripe, known, numbers, one } = moment;
    const { id } = await stripe.checkout.sessions.create({
      customer: one(known.customers),
      mode: numbers[1] % 2 ? "subscription" : "payment",
      line_items: [
        numbers[1] % 2
          ? { price: await anyPrice(moment), quantity: 1 }
          : {
              price_data: { currency: "usd", unit_amount: 700, product_data: { name: "Once" } },
              quantity: 2,
            },
      ],
      success_url: "https://shop.example/done",
    });
    known.sessions.push(id);
  },
  async finishCheckout({ world, stripe, known, numbers, one }) {
    const session = one(known.sessions);
    if (numbers[1] % 4 === 0) return stripe.checkout.sessions.expire(session);
    return world.sandbox.completeCheckout(session, { payment_method: "pm_card_visa" });
  },
};
