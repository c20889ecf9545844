import type { SubscriptionSchedule } from "../../../tables";
import type { Tx } from "../../../transaction";
import { createSchedule } from "../../subscription-schedules/create";
import { updateSchedule } from "../../subscription-schedules/update";
import { intervalOf } from "../../subscriptions/items";
import type { Wish } from "./update";

/** The subscription stays as it is until its period ends, and then becomes what was chosen. */
export function scheduleChange(tx: Tx, wish: Wish): object {
  const { id } = createSchedule(tx, { from_subscription: wish.subscription.id });
  const [now] = tx.need("subscription_schedules", id).phases;
  if (!now) throw new Error(`${id} has no phase`);
  const { unit, count } = intervalOf(tx.need("prices", wish.price));
  updateSchedule(tx, id, {
    end_behavior: "release",
    phases: [
      { items: itemsOf(now), start_date: now.start_date, end_date: now.end_date, ...trialOf(now) },
      {
        items: [{ price: wish.price, quantity: wish.quantity }],
        duration: { interval: unit, interval_count: count },
        proration_behavior: "none",
        ...(wish.discount && { discounts: [...discountsOf(now), wish.discount] }),
      },
    ],
  });
  return tx.view("subscription_schedules", id);
}

type Phase = SubscriptionSchedule["phases"][number];

function itemsOf(phase: Phase) {
  return phase.items.map(({ price, quantity, metadata }) => ({
    price: String(price),
    ...(quantity !== undefined && { quantity }),
    metadata,
  }));
}

function discountsOf(phase: Phase) {
  return phase.discounts.flatMap(({ discount }) => (discount ? [{ discount }] : []));
}

function trialOf({ trial_end: end }: Phase) {
  return end === null ? {} : { trial_end: end };
}
