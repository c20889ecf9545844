import type { Act, Moment } from "../moment";
import { cards } from "./people";

const day = 86_400;

const refund = ({ stripe, known, numbers, one }: Moment) =>
  stripe.refunds.create({ payment_intent: one(known.payments), amount: (numbers[1] % 3000) + 1 });

/** Hands in the Stripe dashboard: invoices, credit notes, payments, refunds and disputes. */
export const money: Record<string, Act> = {
  item: ({ stripe, known, numbers, one }) =>
    stripe.invoiceItems.create({
      customer: one(known.customers),
      amount: (numbers[1] % 3000) - 500,
      currency: "usd",
    }),
  async bill({ stripe, known, numbers, one }) {
    const { id } = await stripe.invoices.create({
      customer: one(known.customers),
      currency: "usd",
      pending_invoice_items_behavior: "include",
      ...(numbers[0] % 2 && { collection_method: "send_invoice", days_until_due: 5 }),
    });
    known.invoices.push(id);
    const lines = Array.from({ length: numbers[2] % 20 === 0 ? 13 : 1 }, (_, at) => ({
      amount: (numbers[1] % 4000) + 60 + at,
      description: `Work ${at}`,
    }));
    await stripe.invoices.addLines(id, { lines });
    if (numbers[2] % 3 > 0) await stripe.invoices.finalizeInvoice(id);
  },
  finalize: ({ stripe, known, one }) => stripe.invoices.finalizeInvoice(one(known.invoices)),
  collect: ({ stripe, known, numbers, one }) =>
    stripe.invoices.pay(one(known.invoices), numbers[1] % 4 === 0 ? { paid_out_of_band: true } : {}),
  writeOff: ({ stripe, known, numbers, one }) =>
    numbers[1] % 2
      ? stripe.invoices.voidInvoice(one(known.invoices))
      : stripe.invoices.markUncollectible(one(known.invoices)),
  throwAway: ({ stripe, known, one }) => stripe.invoices.del(one(known.invoices)),
  async latest({ stripe, known, one }) {
    const { latest_invoice: latest } = await stripe.subscriptions.retrieve(one(known.subscriptions));
    if (!latest) return;
    known.invoices.push(String(latest));
    const { data } = await stripe.invoicePayments.list({ invoice: String(latest) });
    for (const { payment } of data)
      if (payment.payment_intent) known.payments.push(String(payment.payment_intent));
  },
  giveBack: ({ stripe, known, numbers, one }) =>
    stripe.creditNotes.create({
      invoice: one(known.invoices),
      amount: (numbers[1] % 700) + 1,
      ...(numbers[2] % 2 && { credit_amount: (numbers[1] % 700) + 1 }),
    }),
  async charge({ stripe, known, numbers, one }) {
    const { id } = await stripe.paymentIntents.create({
      customer: one(known.customers),
      amount: (numbers[1] % 5000) + 50,
      currency: "usd",
      payment_method: one(cards, 2),
      confirm: true,
      capture_method: numbers[0] % 5 === 0 ? "manual" : "automatic",
      return_url: "https://shop.example",
    });
    known.payments.push(id);
  },
  capture: ({ stripe, known, one }) => stripe.paymentIntents.capture(one(known.payments)),
  cancelPayment: ({ stripe, known, one }) => stripe.paymentIntents.cancel(one(known.payments)),
  refundByHand: refund,
  async answerDispute({ stripe, numbers, one }) {
    const { data } = await stripe.disputes.list({ limit: 10 });
    const { id } = one(data.toReversed());
    if (numbers[1] % 3 === 0) return stripe.disputes.close(id);
    const uncategorized_text = numbers[1] % 3 === 1 ? "winning_evidence" : "losing_evidence";
    return stripe.disputes.update(id, { evidence: { uncategorized_text }, submit: true });
  },
};

/** Time passes for Stripe, which forgets the keys of old requests, and for us, who must know that it does. */
async function pass({ world }: Moment, seconds: number): Promise<void> {
  await world.billing.pool.query(
    "UPDATE money_operation SET submitted_at = submitted_at - $1 * interval '1 second' WHERE settled_at IS NULL",
    [seconds],
  );
  world.sandbox.advance(seconds);
}

/** Stripe's timers. */
export const time: Record<string, Act> = {
  wait: (moment) => pass(moment, ((moment.numbers[1] % 34) + 1) * day),
  waitAnHour: (moment) => pass(moment, 3_700),
  async newClock({ stripe, known }) {
    const frozen_time = Math.floor(Date.now() / 1000);
    known.clocks.push((await stripe.testHelpers.testClocks.create({ frozen_time })).id);
  },
  async windClock({ stripe, known, numbers, one }) {
    const clock = one(known.clocks);
    const { frozen_time: now } = await stripe.testHelpers.testClocks.retrieve(clock);
    await stripe.testHelpers.testClocks.advance(clock, { frozen_time: now + ((numbers[1] % 34) + 1) * day });
  },
};
