import type Stripe from "stripe";
import { catalog } from "../catalog";
import { BillingError, notAllowed } from "../errors";
import { seatsTaken } from "../members/queries";
import type { PlanDefinition } from "../plans/define-catalog";
import { marksOf } from "../plans/found-price";
import { type PurchaseItem, purchaseItems } from "../plans/purchase-items";
import { type Choice, minimumSeats } from "../plans/purchase-rules";
import { type HeldPart, isLess, itemChanges } from "../quotes/item-changes";
import { timingOf } from "../quotes/rules";
import type { QuoteChangeInput } from "../quotes/schemas";
import type { QuoteContent } from "../quotes/token";
import type { CustomerCtx } from "../trpc/procedures";
import { mainItem, planOf } from "./rules";

export type PlannedQuote = Pick<
  QuoteContent,
  | "subscriptionId"
  | "planId"
  | "interval"
  | "seats"
  | "timing"
  | "trialing"
  | "items"
  | "after"
  | "resetAnchor"
  | "switchesInterval"
  | "prorationDate"
>;

/** What a wish means for this subscription: which items change, when, and whether a new period starts. */
export async function plannedChange(
  ctx: CustomerCtx,
  input: QuoteChangeInput,
  subscription: Stripe.Subscription,
): Promise<PlannedQuote> {
  const { planId, interval } = input;
  const { currency } = subscription;
  const main = mainItem(subscription.items.data);
  if (!main) throw notAllowed("no_subscription", "There is no plan to change. Choose one first.");
  const held = heldParts(subscription, main);
  const parts: Pick<Choice, "seats" | "addOns"> = await partsOf(ctx, input, held);
  const choice = { planId, interval, currency, ...parts };
  const wanted = (await purchaseItems(ctx.db, choice)).items.map((item) => ({ ...item, role: roleOf(item) }));
  const changes = itemChanges(held, wanted);
  if (changes.items.length === 0) throw notAllowed("nothing_to_change", "This is the plan you have.");
  const from = planOf(main.price.metadata);
  const was = main.price.recurring?.interval ?? null;
  const trialing = subscription.status === "trialing";
  const timing = timingOf(
    { weight: await weightOf(ctx, from, currency), interval: was },
    { weight: await weightOf(ctx, planId, currency), interval },
    { trialing, less: isLess(held, wanted) },
  );
  const wasFree = held.every(({ unitAmount }) => unitAmount === 0);
  return {
    ...changes,
    planId,
    interval,
    seats: choice.seats ?? null,
    subscriptionId: subscription.id,
    timing,
    trialing,
    switchesInterval: was !== interval,
    resetAnchor: timing === "now" && !trialing && (was !== interval || wasFree),
    prorationDate: null,
  };
}

type Held = HeldPart & { kind: string | null; catalogId: string | null; unitAmount: number | null };

/** A subscription made by hand at Stripe has one item, which is taken for its plan. */
function heldParts(subscription: Stripe.Subscription, main: Stripe.SubscriptionItem): Held[] {
  return subscription.items.data.map((item) => {
    const marks = marksOf(item.price);
    const kind = marks.kind ?? (item.id === main.id ? "base" : null);
    const metered = item.price.recurring?.usage_type === "metered";
    return {
      itemId: item.id,
      priceId: item.price.id,
      quantity: metered ? null : (item.quantity ?? 1),
      kind,
      catalogId: marks.catalogId,
      unitAmount: item.price.unit_amount,
      role: kind ? roleOf({ ...marks, kind }) : item.id,
    };
  });
}

function roleOf({ kind, catalogId, meter }: Pick<PurchaseItem, "kind" | "catalogId" | "meter">): string {
  if (kind === "usage") return `usage:${meter}`;
  return kind === "add_on" ? `add_on:${catalogId}` : String(kind);
}

/** What was not said stays as it is, as far as the plan has it; never fewer seats than members. */
async function partsOf(ctx: CustomerCtx, input: QuoteChangeInput, held: readonly Held[]) {
  const plan: PlanDefinition = catalog.plans[input.planId];
  const addOns =
    input.addOns ??
    held.flatMap(({ kind, catalogId, quantity }) => {
      const known = kind === "add_on" && catalogId !== null && addOnPlans(catalogId).includes(input.planId);
      return known ? [{ id: catalogId, quantity: quantity ?? 1 }] : [];
    });
  if (!plan.seats) return input.seats === undefined ? { addOns } : { addOns, seats: input.seats };
  const taken = await seatsTaken(ctx.db, ctx.actor.customerId);
  const had = held.find(({ kind }) => kind === "seats")?.quantity ?? 0;
  const seats = input.seats ?? Math.max(had, taken, minimumSeats(plan.seats));
  if (seats >= taken) return { addOns, seats };
  const message = `Your account has ${taken} members, and each of them has a seat. Remove members first.`;
  throw notAllowed("seats_taken", message, { taken });
}

const addOnPlans = (id: string): readonly string[] => {
  const addOns: Record<string, { plans: readonly string[] }> = catalog.addOns;
  return addOns[id]?.plans ?? [];
};

/** What a plan costs a month at least, to tell a bigger plan from a smaller one. */
async function weightOf(ctx: CustomerCtx, planId: string | null, currency: string): Promise<number> {
  if (planId === null) return 0;
  for (const [interval, months] of [
    ["month", 1],
    ["year", 12],
  ] as const) {
    try {
      return (await purchaseItems(ctx.db, { planId, interval, currency })).recurring / months;
    } catch (error) {
      if (!(error instanceof BillingError) || error.reason !== "price_not_available") throw error;
    }
  }
  return 0;
}
