import type Stripe from "stripe";
import { notFound } from "../errors";
import { toBillingError } from "../stripe/errors";
import { idOf } from "../stripe/fields";
import { followingId } from "../stripe/idempotency";
import type { CustomerCtx } from "../trpc/procedures";
import { refreshNow } from "../webhooks/refresh-now";
import { cardsOf, ownCard } from "./queries";
import { detachCard } from "./remove-card";
import { isSameCard, whichStays } from "./rules";
import type { AddedCard, FinishCardInput } from "./schemas";
import { makeDefault } from "./set-default";

const nothing = { paymentMethodId: null, isDefault: false, retried: [] };

/**
 * After the bank has confirmed a card: it is in the list at once, a second copy of the same number is not kept, and
 * what has no default yet gets one. Asking again, or after a crash in between, finishes what is left.
 */
export async function finishCard(ctx: CustomerCtx, input: FinishCardInput): Promise<AddedCard> {
  const { customerId } = ctx.actor;
  const intent = await setupOf(ctx, input.operationId);
  const paymentMethodId = idOf(intent.payment_method);
  if (intent.status !== "succeeded" || !paymentMethodId) return { status: "not_confirmed", ...nothing };
  await refreshNow(ctx, "payment_method", paymentMethodId);
  const added = await ownCard(ctx, customerId, paymentMethodId);
  const { cards, defaultId } = await cardsOf(ctx.db, customerId);
  const same = cards.filter((card) => card.id === added.id || isSameCard(card, added));
  // Stripe counts in seconds: of two within one, the new one is the copy.
  const kept = whichStays(same.toSorted((a, b) => Number(a.id === added.id) - Number(b.id === added.id)));
  if (!kept) return { status: "gone", ...nothing };
  const gone = same.filter(({ id }) => id !== kept.id);
  const hasDefault = cards.some(({ id }) => id === defaultId) && !gone.some(({ id }) => id === defaultId);
  // Also one that is the default already: it is asked to pay what is due.
  const becomesDefault = input.makeDefault || !hasDefault;
  const { retried } = becomesDefault
    ? await makeDefault(ctx, {
        operationId: followingId(input.operationId, "default"),
        paymentMethodId: kept.id,
      })
    : { retried: [] };
  for (const { id } of gone) await detachCard(ctx, { id: followingId(input.operationId, id), card: id });
  return {
    status: kept.id === added.id && gone.length === 0 ? "added" : "already_saved",
    paymentMethodId: kept.id,
    isDefault: becomesDefault || kept.id === defaultId,
    retried,
  };
}

async function setupOf({ db, stripe, actor }: CustomerCtx, id: string): Promise<Stripe.SetupIntent> {
  const operation = await db.moneyOperation.findUnique({
    where: { customerId_id: { customerId: actor.customerId, id } },
    select: { kind: true, stripeObjectId: true },
  });
  if (operation?.kind !== "setup_create" || !operation.stripeObjectId) throw notFound("card_form");
  try {
    return await stripe.setupIntents.retrieve(operation.stripeObjectId);
  } catch (error) {
    throw toBillingError(error);
  }
}
