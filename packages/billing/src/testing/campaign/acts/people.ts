import { type Act, browser, type Moment, memberCaller, staffCaller } from "../moment";

const plans = [
  { planId: "growth", interval: "month", currency: "usd" },
  { planId: "growth", interval: "year", currency: "eur" },
  { planId: "starter", interval: "month", currency: "usd" },
  { planId: "growth", interval: "month", currency: "jpy" },
  { planId: "free", interval: "month", currency: "usd" },
] as const;

export const cards = [
  "pm_card_visa",
  "pm_card_visa",
  "pm_card_mastercard",
  "pm_card_chargeDeclined",
  "pm_card_chargeDeclinedInsufficientFunds",
  "pm_card_chargeCustomerFail",
  "pm_card_createDispute",
  "pm_card_refundFail",
  "pm_card_pendingRefund",
] as const;

async function subscribe(moment: Moment, operationId: string): Promise<void> {
  const { known, one } = moment;
  const wish = { operationId, ...one(plans, 1) };
  const { subscriptionId, confirmation } = await one(known.people).caller.subscriptions.create(wish);
  if (!known.subscriptions.includes(subscriptionId)) known.subscriptions.push(subscriptionId);
  if (confirmation.kind !== "none") known.secrets.push(confirmation.clientSecret);
}

async function refund({ world, known, numbers, one }: Moment, operationId: string): Promise<void> {
  await staffCaller(world.billing).refunds.create({
    operationId,
    invoiceId: one(known.invoices),
    amount: (numbers[1] % 6000) + 1,
    reason: "requested_by_customer",
    note: "",
  });
}

/** Customers in the dashboard and their browser, and our staff: all of it through our own verbs. */
export const people: Record<string, Act> = {
  async arrive({ world, known, uuid }) {
    const customerId = uuid();
    const email = `${customerId}@customer.example`;
    await world.billing.db.customer.create({ data: { id: customerId, name: "Ada & Co.", email } });
    known.people.push({ customerId, caller: memberCaller(world.billing, customerId) });
  },
  subscribe: (moment) => subscribe(moment, moment.uuid()),
  async subscribeMeanwhile(moment) {
    moment.meanwhile(subscribe(moment, moment.uuid()));
  },
  async clickTwice(moment) {
    const operationId = moment.uuid();
    await Promise.all([subscribe(moment, operationId), subscribe(moment, operationId)]);
  },
  twoTabs: (moment) => Promise.all([subscribe(moment, moment.uuid()), subscribe(moment, moment.uuid())]),
  pay: ({ world, known, one }) => browser(world).pay(one(known.secrets), one(cards, 1)),
  challenge: ({ world, known, numbers, one }) =>
    browser(world).pay(
      one(known.secrets),
      "pm_card_threeDSecure2Required",
      numbers[1] % 3 ? "complete" : "fail",
    ),
  async leaveAtChallenge({ world, known, one }) {
    await browser(world).pay(one(known.secrets), "pm_card_threeDSecure2Required");
  },
  refund: (moment) => refund(moment, moment.uuid()),
  async refundMeanwhile(moment) {
    moment.meanwhile(refund(moment, moment.uuid()));
  },
  refundTwice: (moment) => Promise.all([refund(moment, moment.uuid()), refund(moment, moment.uuid())]),
  async refundClickedTwice(moment) {
    const operationId = moment.uuid();
    await Promise.all([refund(moment, operationId), refund(moment, operationId)]);
  },
};
