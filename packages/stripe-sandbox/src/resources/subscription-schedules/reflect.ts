import type { Tx } from "../../transaction";
import { phaseOf } from "./create";

/**
 * A scheduled subscription that is changed directly keeps the change for its current phase,
 * which then says so; the next phase replaces it. Stripe does not document this.
 */
export function reflectDirectChange(tx: Tx, subscriptionId: string): void {
  const subscription = tx.need("subscriptions", subscriptionId);
  const schedule = tx.get("subscription_schedules", subscription.schedule ?? "");
  const current = schedule?.current_phase;
  if (schedule?.status !== "active" || !current) return;
  const shown = phaseOf(subscription);
  const phases = schedule.phases.map((phase) => {
    if (phase.start_date !== current.start_date) return phase;
    const { items, discounts, default_tax_rates, metadata, trial_end } = shown;
    return {
      ...phase,
      items,
      discounts,
      metadata,
      trial_end,
      ...(default_tax_rates && { default_tax_rates }),
    };
  });
  if (JSON.stringify(phases) === JSON.stringify(schedule.phases)) return;
  tx.patch("subscription_schedules", schedule.id, { phases });
  tx.emit("subscription_schedule.updated", "subscription_schedules", schedule.id);
}
