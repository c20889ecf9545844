import { notAllowed } from "../errors";
import { carryOutOnce } from "../operations/carry-out-once";
import { followingId } from "../stripe/idempotency";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import { cardsOf, ownCard } from "./queries";
import { isSameCard, whyKept } from "./rules";
import type { CardInput } from "./schemas";

/** Removes a card, with any second copy of its number. What pays a plan that goes on stays. */
export async function removeCard(ctx: CustomerCtx, input: CardInput): Promise<{ removed: string }> {
  const { customerId } = ctx.actor;
  const card = await ownCard(ctx, customerId, input.paymentMethodId);
  await detachCard(ctx, { id: input.operationId, card: card.id, guarded: true });
  const { cards } = await cardsOf(ctx.db, customerId);
  for (const copy of cards.filter((other) => other.id !== card.id && isSameCard(other, card)))
    await detachCard(ctx, { id: followingId(input.operationId, copy.id), card: copy.id });
  return { removed: card.id };
}

/** Unguarded for a copy only: its number stays, or goes with the card that the rules have let go. */
export async function detachCard(
  ctx: CustomerCtx,
  { id, card, guarded = false }: { id: string; card: string; guarded?: boolean },
): Promise<void> {
  const { customerId } = ctx.actor;
  const asked = { id, kind: "card_detach", customerId, request: { card } } as const;
  await carryOutOnce(ctx, asked, async (tx) => {
    const openSlot = `detach:${card}`;
    const open = await tx.moneyOperation.findFirst({ where: { customerId, openSlot } });
    if (open) return open;
    const { cards, arriving, ...known } = await cardsOf(tx, customerId);
    const found = cards.find((other) => other.id === card);
    const why =
      guarded && found && whyKept({ ...known, cards, card: found, becomesDefault: arriving.has(card) });
    if (why) throw notAllowed(why.reason, why.message);
    return { params: { card }, openSlot, targetId: card };
  });
  await refreshNow(ctx, "payment_method", card);
}
