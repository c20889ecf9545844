import type { Ctx, Tx } from "../context";
import type { Database } from "../db/client";
import { notFound } from "../errors";
import { minorUnits } from "../money";
import { undecidedStates } from "../operations/rules";
import { planName } from "../subscriptions/queries";
import type { CustomerCtx } from "../trpc/procedures";
import { expiryOf, inOrder, whyKept, withoutDuplicates } from "./rules";
import type { PaymentMethodsView, UnpaidInvoice } from "./schemas";

type Reader = Pick<
  Database | Tx,
  "paymentMethod" | "customer" | "subscription" | "price" | "moneyOperation" | "invoice"
>;

const cardFields = {
  id: true,
  type: true,
  brand: true,
  last4: true,
  expMonth: true,
  expYear: true,
  fingerprint: true,
  createdAt: true,
} as const;

/** Everything that decides what may be done with a customer's cards. */
export async function cardsOf(db: Reader, customerId: string) {
  const [customer, live, attached, changing] = await Promise.all([
    db.customer.findUniqueOrThrow({
      where: { id: customerId },
      select: { stripeCustomerId: true, defaultPaymentMethodId: true },
    }),
    db.subscription.findFirst({
      where: { customerId, liveSlot: "plan" },
      select: {
        planId: true,
        status: true,
        cancelAt: true,
        currentPeriodEnd: true,
        defaultPaymentMethodId: true,
        collectionMethod: true,
        items: { select: { priceId: true } },
      },
    }),
    db.paymentMethod.findMany({
      where: { customerId, detachedAt: null },
      select: cardFields,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    }),
    db.moneyOperation.findMany({
      where: {
        customerId,
        kind: { in: ["card_detach", "card_default"] },
        state: { in: [...undecidedStates] },
      },
      select: { kind: true, targetId: true },
    }),
  ]);
  const leaving = new Set(
    changing.filter(({ kind }) => kind === "card_detach").map(({ targetId }) => targetId),
  );
  const arriving = new Set(
    changing.filter(({ kind }) => kind === "card_default").map(({ targetId }) => targetId),
  );
  const cards = attached.filter(({ id }) => !leaving.has(id));
  const goesOn = live !== null && live.cancelAt === null && live.collectionMethod === "charge_automatically";
  const charges =
    goesOn &&
    (await chargesSomething(
      db,
      live.items.map(({ priceId }) => priceId),
    ));
  return {
    stripeCustomerId: customer.stripeCustomerId,
    cards,
    /** A card of the subscription's own goes before the customer's default. */
    defaultId: live?.defaultPaymentMethodId ?? customer.defaultPaymentMethodId,
    paidPlan: charges && live ? planName(live.planId) : null,
    nextChargeAt: goesOn ? live.currentPeriodEnd : null,
    arriving,
  };
}

/** A price the catalogue does not know may charge, so it counts as one that does. */
async function chargesSomething(db: Reader, priceIds: string[]): Promise<boolean> {
  const free = await db.price.count({ where: { id: { in: priceIds }, unitAmount: 0n } });
  return free < priceIds.length;
}

export async function paymentMethodsView(ctx: CustomerCtx): Promise<PaymentMethodsView> {
  const { customerId } = ctx.actor;
  const [known, unpaid] = await Promise.all([cardsOf(ctx.db, customerId), unpaidInvoices(ctx, customerId)]);
  const { cards, defaultId, paidPlan, nextChargeAt, arriving } = known;
  const now = new Date();
  const views = withoutDuplicates(cards, defaultId).map((card) => ({
    id: card.id,
    type: card.type,
    brand: card.brand ?? card.type,
    last4: card.last4 ?? "",
    expMonth: card.expMonth,
    expYear: card.expYear,
    ...expiryOf(card, card.id === defaultId ? nextChargeAt : null, now),
    isDefault: card.id === defaultId,
    addedAt: card.createdAt.toISOString(),
    keptBecause: whyKept({ card, cards, defaultId, paidPlan, becomesDefault: arriving.has(card.id) }),
  }));
  return { cards: inOrder(views), unpaid };
}

/** What the live plan still owes, oldest first: a bank has refused it before. */
export async function unpaidInvoices({ db }: Pick<Ctx, "db">, customerId: string): Promise<UnpaidInvoice[]> {
  const owing = await db.subscription.findMany({
    where: { customerId, status: { in: ["past_due", "unpaid"] }, collectionMethod: "charge_automatically" },
    select: { id: true },
  });
  if (owing.length === 0) return [];
  const invoices = await db.invoice.findMany({
    where: {
      customerId,
      status: "open",
      remainingAmount: { gt: 0 },
      subscriptionId: { in: owing.map(({ id }) => id) },
    },
    select: { id: true, number: true, remainingAmount: true, currency: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 12,
  });
  return invoices.map(({ remainingAmount, ...invoice }) => ({
    ...invoice,
    amount: minorUnits(remainingAmount),
  }));
}

/** Also one that was removed: whoever repeats a removal gets the same answer. */
export async function ownCard({ db }: Pick<Ctx, "db">, customerId: string, id: string) {
  const card = await db.paymentMethod.findUnique({
    where: { customerId_id: { customerId, id } },
    select: { ...cardFields, detachedAt: true },
  });
  if (!card) throw notFound("payment_method");
  return card;
}
