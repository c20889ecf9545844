import { notAllowed } from "../errors";
import { carryOutOnce } from "../operations/carry-out-once";
import { limitTo } from "../rate-limits/limit-to";
import { followingId } from "../stripe/idempotency";
import { hasEnded } from "../subscriptions/rules";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import { cardsOf, ownCard, unpaidInvoices } from "./queries";
import { retryInvoice } from "./retry-invoice";
import type { CardInput, DefaultCard, RetriedInvoice } from "./schemas";

/** The card that pays from now on, whatever card the subscription had of its own; it pays at once what is past due. */
export async function setDefault(ctx: CustomerCtx, input: CardInput): Promise<DefaultCard> {
  await limitTo(ctx.limits.cards, ctx.actor.customerId, "to change the card in this account");
  return makeDefault(ctx, input);
}

/** Also the end of adding a card, which was counted when its form was opened. */
export async function makeDefault(ctx: CustomerCtx, input: CardInput): Promise<DefaultCard> {
  const { customerId } = ctx.actor;
  const { operationId: id, paymentMethodId: card } = input;
  await ownCard(ctx, customerId, card);
  const asked = { id, kind: "card_default", customerId, request: { card } } as const;
  const { operation } = await carryOutOnce(ctx, asked, async (tx) => {
    const { cards, stripeCustomerId } = await cardsOf(tx, customerId);
    if (!stripeCustomerId || !cards.some((known) => known.id === card)) throw removed();
    const openSlot = "card_default";
    const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot } });
    if (open && open.targetId === card) return open;
    if (open) throw otherDefault();
    const own = await tx.subscription.findMany({
      where: { customerId, defaultPaymentMethodId: { not: null } },
      select: { id: true, status: true },
    });
    const subscriptions = own
      .filter(({ status }) => !hasEnded(status))
      .map((subscription) => subscription.id);
    return { params: { customer: stripeCustomerId, card, subscriptions }, openSlot, targetId: card };
  });
  const { customer, subscriptions } = operation.params as { customer: string; subscriptions: string[] };
  await refreshNow(ctx, "customer", customer);
  for (const subscription of subscriptions) await refreshNow(ctx, "subscription", subscription);
  return { paymentMethodId: card, retried: await payWhatIsDue(ctx, id, card) };
}

/** The oldest first; after the first refusal the others would only be refused too. */
async function payWhatIsDue(ctx: CustomerCtx, operationId: string, card: string): Promise<RetriedInvoice[]> {
  const retried: RetriedInvoice[] = [];
  for (const invoice of await unpaidInvoices(ctx, ctx.actor.customerId)) {
    const paid = await retryInvoice(ctx, {
      operationId: followingId(operationId, invoice.id),
      invoice,
      card,
    });
    retried.push(paid);
    if (paid.outcome !== "paid") break;
  }
  return retried;
}

const removed = () => notAllowed("card_removed", "This card was removed. Please choose another one.");

const otherDefault = () =>
  notAllowed("change_in_progress", "Another card is being made the default. Please look again in a moment.");
