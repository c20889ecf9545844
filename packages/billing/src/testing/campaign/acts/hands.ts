import type { Act, Moment } from "../moment";
import { cards } from "./people";

async function giveCard({ stripe, known }: Moment, customer: string, card: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  known.cards.push(id);
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

/** Hands in the Stripe dashboard: customers, cards, balances, coupons, the catalogue. */
export const hands: Record<string, Act> = {
  async meet(moment) {
    const { stripe, known, numbers, one } = moment;
    const clock = numbers[0] % 2 ? known.clocks[numbers[2] % (known.clocks.length || 1)] : undefined;
    const { id } = await stripe.customers.create({ name: "Bob", ...(clock && { test_clock: clock }) });
    known.customers.push(id);
    await giveCard(moment, id, one(cards, 1));
  },
  async lookAround({ stripe, known }) {
    const { data } = await stripe.customers.list({ limit: 30 });
    for (const { id } of data.toReversed()) if (!known.customers.includes(id)) known.customers.push(id);
  },
  giveCard: (moment) => giveCard(moment, moment.one(moment.known.customers), moment.one(cards, 1)),
  detach: ({ stripe, known, one }) => stripe.paymentMethods.detach(one(known.cards)),
  rename: ({ stripe, known, numbers, one }) =>
    stripe.customers.update(one(known.customers), { name: `Ada ${numbers[1] % 5}`, phone: "+1 555" }),
  renameTwice: async ({ stripe, known, numbers, one }) => {
    const customer = one(known.customers);
    await stripe.customers.update(customer, { name: `First ${numbers[1] % 5}` });
    await stripe.customers.update(customer, { name: `Second ${numbers[2] % 5}` });
  },
  balance: ({ stripe, known, numbers, one }) =>
    stripe.customers.createBalanceTransaction(one(known.customers), {
      amount: (numbers[1] % 3000) - 1500,
      currency: "usd",
    }),
  forget: ({ stripe, known, numbers, one }) =>
    numbers[1] % 4 ? Promise.resolve() : stripe.customers.del(one(known.customers)),
  async offer({ stripe, known, numbers, one }) {
    const { id } = await stripe.prices.create({
      product_data: { name: "Made by hand" },
      currency: "usd",
      unit_amount: numbers[0] % 5000,
      recurring: { interval: one(["month", "week", "year"] as const, 1) },
    });
    known.prices.push(id);
  },
  retire: ({ stripe, known, numbers, one }) =>
    stripe.prices.update(one(known.prices), { active: numbers[1] % 2 === 0 }),
  async coupon({ stripe, known, numbers, one }) {
    const { id } = await stripe.coupons.create({
      duration: one(["once", "forever"] as const),
      ...(numbers[1] % 2 ? { percent_off: (numbers[2] % 99) + 1 } : { amount_off: 300, currency: "usd" }),
    });
    known.coupons.push(id);
  },
  async code({ stripe, known, one }) {
    const promotion = { type: "coupon", coupon: one(known.coupons) } as const;
    known.codes.push((await stripe.promotionCodes.create({ promotion })).id);
  },
  endCoupon: ({ stripe, known, one }) => stripe.coupons.del(one(known.coupons)),
  endCode: ({ stripe, known, one }) => stripe.promotionCodes.update(one(known.codes), { active: false }),
  async grant({ stripe, known, numbers, one }) {
    const { id } = await stripe.billing.creditGrants.create({
      customer: one(known.customers),
      category: "promotional",
      amount: { type: "monetary", monetary: { currency: "usd", value: (numbers[1] % 900) + 1 } },
      applicability_config: { scope: { price_type: "metered" } },
    });
    known.grants.push(id);
  },
  endGrant: ({ stripe, known, numbers, one }) =>
    numbers[1] % 2
      ? stripe.billing.creditGrants.voidGrant(one(known.grants))
      : stripe.billing.creditGrants.expire(one(known.grants)),
};
