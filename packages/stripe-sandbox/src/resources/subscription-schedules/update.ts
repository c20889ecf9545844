import { invalid } from "../../http/errors";
import { mergeMetadata } from "../../http/params";
import type { SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { planTurn } from "../subscriptions/plan";
import { buildPhases, momentOf, type Phase } from "./build-phases";
import { changedDefaults } from "./defaults";
import { requireOpen, syncEnding } from "./end";
import type { UpdateGiven } from "./params";
import { planPauses } from "./pause-schedules";
import { applyPhase } from "./phases";
import { planExpiring, startSchedule } from "./start";

export function updateSchedule(tx: Tx, id: string, given: UpdateGiven): void {
  const schedule = tx.need("subscription_schedules", id);
  requireOpen(schedule, "updated");
  const { default_settings: defaults } = given;
  tx.patch("subscription_schedules", id, {
    ...(given.end_behavior && { end_behavior: given.end_behavior }),
    ...(given.metadata !== undefined && { metadata: mergeMetadata(schedule.metadata, given.metadata) }),
    ...(defaults && { default_settings: changedDefaults(schedule.default_settings, defaults) }),
  });
  if (given.phases) replacePhases(tx, tx.need("subscription_schedules", id), given);
  if (given.pause_schedules !== undefined) planPauses(tx, id, given.pause_schedules);
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
  const phases = buildPhases(tx, customer, given.phases, start, schedule.billing_mode.type);
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
  if ((phases.at(-1)?.end_date ?? 0) <= tx.now)
    throw invalid("The last phase of a schedule must end in the future.", undefined, "phases");
  tx.patch("subscription_schedules", id, { phases });
  tx.unschedule(id, "subscription_schedule.start");
  if (start <= tx.now) startSchedule(tx, id);
  else tx.schedule((start - tx.now) * 1000, "subscription_schedule.start", id);
}
