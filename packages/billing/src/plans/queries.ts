import { catalog, type PlanId } from "../catalog";
import type { Database } from "../db/client";
import { notAllowed } from "../errors";
import { minorUnits } from "../money";
import { lookupKey } from "./lookup-key";
import { type Interval, intervals } from "./units";

export type Prices = Pick<Database, "price">;

/** The price at Stripe of a catalogue price; the client never sends one. */
export async function catalogPrice(
  db: Prices,
  { planId, interval, currency }: { planId: PlanId; interval: Interval; currency: string },
): Promise<{ priceId: string; unitAmount: number }> {
  const price = await db.price.findFirst({
    where: { lookupKey: lookupKey(planId, interval, currency), active: true },
    select: { id: true, unitAmount: true },
  });
  if (!price || price.unitAmount === null) {
    throw notAllowed(
      "price_not_available",
      `${catalog.plans[planId].name} cannot be bought per ${interval} in ${currency.toUpperCase()}.`,
    );
  }
  return { priceId: price.id, unitAmount: minorUnits(price.unitAmount) };
}

/** Archived prices too: subscriptions keep theirs. Null for a price the catalogue did not make. */
export async function planOfPrice(
  db: Prices,
  priceId: string,
): Promise<{ planId: PlanId; interval: Interval } | null> {
  const price = await db.price.findUnique({
    where: { id: priceId },
    select: { planId: true, interval: true },
  });
  const interval = intervals.find((known) => known === price?.interval);
  return price?.planId && isPlanId(price.planId) && interval ? { planId: price.planId, interval } : null;
}

const isPlanId = (id: string): id is PlanId => Object.hasOwn(catalog.plans, id);
