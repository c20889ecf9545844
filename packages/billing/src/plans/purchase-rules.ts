import { invalid, notAllowed } from "../errors";
import type { Catalog, SeatsDefinition } from "./define-catalog";
import { lookupKey } from "./lookup-key";
import type { Interval } from "./units";

export interface Choice {
  planId: string;
  interval: Interval;
  currency: string;
  seats?: number | undefined;
  addOns?: readonly { id: string; quantity: number }[] | undefined;
}

export interface WantedItem {
  lookupKey: string;
  /** What is bought, in the words of a sentence. */
  name: string;
  /** null for usage, which is counted. */
  quantity: number | null;
}

export const minimumSeats = ({ minimum, included = 0 }: SeatsDefinition): number =>
  minimum ?? Math.max(1, included);

/** What a choice consists of at Stripe: the plan's price, its seats, its meters and the add-ons, in this order. */
export function itemsOf(catalog: Catalog, choice: Choice): WantedItem[] {
  const { planId, interval, currency } = choice;
  const plan = catalog.plans[planId];
  if (!plan) throw notAllowed("price_not_available", "This plan is not offered any more.");
  const seats = seatsOf(plan.name, plan.seats, choice.seats);
  const key = (part: string) => lookupKey(part, interval, currency);
  return [
    ...(plan.prices ? [{ lookupKey: key(planId), name: plan.name, quantity: 1 }] : []),
    ...(seats === null
      ? []
      : [
          {
            lookupKey: key(plan.prices ? `${planId}_seats` : planId),
            name: plan.prices ? `${plan.name} seats` : plan.name,
            quantity: seats,
          },
        ]),
    ...(plan.usage ?? []).map(({ meter }) => ({
      lookupKey: key(`${planId}_${meter}`),
      name: catalog.meters[meter]?.name ?? meter,
      quantity: null,
    })),
    ...addOnItems(catalog, choice),
  ];
}

/** How many seats a purchase has; null for a plan without. */
export function seatsOf(
  planName: string,
  seats: SeatsDefinition | undefined,
  wanted: number | undefined,
): number | null {
  if (!seats) {
    if (wanted === undefined) return null;
    throw invalid("no_seats", `${planName} has no seats to choose.`);
  }
  const minimum = minimumSeats(seats);
  const count = wanted ?? minimum;
  if (count < minimum) throw invalid("too_few_seats", `${planName} has at least ${minimum} seats.`);
  if (seats.maximum !== undefined && count > seats.maximum) {
    throw invalid("too_many_seats", `${planName} has at most ${seats.maximum} seats.`);
  }
  return count;
}

function addOnItems(catalog: Catalog, { planId, interval, currency, addOns = [] }: Choice): WantedItem[] {
  if (new Set(addOns.map(({ id }) => id)).size < addOns.length) {
    throw invalid("add_on_twice", "An add-on is there twice. Please say how many of it instead.");
  }
  return addOns.map(({ id, quantity }) => {
    const addOn = catalog.addOns[id];
    const planName = catalog.plans[planId]?.name ?? planId;
    if (!addOn?.plans.includes(planId)) {
      throw notAllowed("add_on_not_available", `${addOn?.name ?? id} cannot be added to ${planName}.`);
    }
    const maximum = addOn.maximum ?? 1;
    if (quantity > maximum) {
      throw invalid("too_many_add_ons", `A plan can have ${addOn.name} at most ${maximum} times.`);
    }
    return { lookupKey: lookupKey(`addon_${id}`, interval, currency), name: addOn.name, quantity };
  });
}
