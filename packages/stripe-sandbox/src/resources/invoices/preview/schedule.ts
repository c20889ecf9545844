import { invalid } from "../../../http/errors";
import type { Tx } from "../../../transaction";
import { createSchedule } from "../../subscription-schedules/create";
import { startSchedule } from "../../subscription-schedules/start";
import { updateSchedule } from "../../subscription-schedules/update";
import type { PreviewParams } from "./params";

/** A schedule as it would be, before its next invoice is imagined. Answers the subscription it leads. */
export function imagineSchedule(tx: Tx, given: PreviewParams, customer: string): string | undefined {
  const { schedule, schedule_details: details } = given;
  const leads = schedule && tx.need("subscription_schedules", schedule).subscription;
  if (!details && (!schedule || leads)) return undefined;
  if (given.subscription_details && details) {
    const message = "You may only specify one of these parameters: schedule_details, subscription_details.";
    throw invalid(message, "parameters_exclusive", "schedule_details");
  }
  const { billing_mode, proration_behavior, ...changes } = details ?? {};
  if (schedule && details) {
    updateSchedule(tx, schedule, { ...changes, ...(proration_behavior && { proration_behavior }) });
  }
  const id = schedule ?? created(tx, customer, { ...changes, ...(billing_mode && { billing_mode }) });
  const begins = tx.need("subscription_schedules", id).phases[0]?.start_date ?? tx.now;
  if (tx.need("subscription_schedules", id).status === "not_started") {
    tx.goTo(Math.max(begins, tx.now));
    startSchedule(tx, id);
  }
  return tx.need("subscription_schedules", id).subscription ?? undefined;
}

function created(
  tx: Tx,
  customer: string,
  details: Omit<NonNullable<PreviewParams["schedule_details"]>, "proration_behavior">,
): string {
  const start = details.phases?.[0]?.start_date ?? "now";
  return createSchedule(tx, { ...details, customer, start_date: start }).id;
}
