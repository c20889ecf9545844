import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { planTurn } from "../subscriptions/plan";
import { buildPhases, momentOf, type Phase } from "./build-phases";
import { requireOpen, syncEnding } from "./end";
import type { UpdateGiven } from "./params";
import { applyPhase } from "./phases";
import { planExpiring } from "./start";

export function updateSchedule(tx: Tx, id: string, given: UpdateGiven): void {
  const schedule = tx.need("subscription_schedules", id);
  requireOpen(schedule, "updated");
  const { default_settings: defaults } = given;
  tx.patch("subscription_schedules", id, {
    ...(given.end_behavior && { end_behavior: given.end_behavior }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(schedule.metadata, given.metadata) }),
    ...(defaults && {
      default_settings: {
        ...schedule.default_settings,
        ...(defaults.billing_cycle_anchor && { billing_cycle_anchor: defaults.billing_cycle_anchor }),
        ...(defaults.collection_method && { collection_method: defaults.collection_method }),
        ...(defaults.default_payment_method && { default_payment_method: defaults.default_payment_method }),
        ...(defaults.description !== undefined && { description: defaults.description }),
      },
    }),
  });
  if (given.phases) replacePhases(tx, schedule, given);
  planExpiring(tx, id);
  syncEnding(tx, id);
  tx.emit("subscription_schedule.updated", "subscription_schedules", id);
  if (schedule.subscription) planTurn(tx, schedule.subscription);
}

/** Phases that are over cannot change, so they may be left out; the one that runs is named by its start. */
function replacePhases(tx: Tx, schedule: SubscriptionSchedule, given: UpdateGiven): void {
  const first = given.phases?.[0];
  const start = momentOf(tx, first?.start_date);
  if (!given.phases || start === undefined) {
    const message = "The first phase needs a start_date when a schedule is updated.";
    throw invalid(message, "parameter_missing", "phases[0][start_date]");
  }
  const customer = tx.need("customers", String(schedule.customer));
  const phases = buildPhases(tx, customer, given.phases, start);
  if (schedule.status === "not_started") {
    moveStart(tx, schedule.id, phases, start);
    return;
  }
  const current = phases.find((phase) => phase.start_date <= tx.now && phase.end_date > tx.now);
  const known = schedule.current_phase?.start_date;
  if (!current || (current.start_date !== known && current.start_date !== tx.now)) {
    const message =
      "One of the phases must be the current one: its start_date is that of current_phase, or now.";
    throw invalid(message, undefined, "phases");
  }
  const past = schedule.phases.filter((phase) => phase.end_date <= (phases[0]?.start_date ?? 0));
  tx.patch("subscription_schedules", schedule.id, {
    phases: [...past, ...phases],
    current_phase: { start_date: current.start_date, end_date: current.end_date },
  });
  applyPhase(tx, schedule, current, given.proration_behavior ?? "create_prorations");
}

function moveStart(tx: Tx, id: string, phases: Phase[], start: number): void {
  if (start <= tx.now)
    throw invalid(
      "A schedule that has not started must start in the future.",
      undefined,
      "phases[0][start_date]",
    );
  tx.patch("subscription_schedules", id, { phases });
  tx.unschedule(id, "subscription_schedule.start");
  tx.schedule((start - tx.now) * 1000, "subscription_schedule.start", id);
}
