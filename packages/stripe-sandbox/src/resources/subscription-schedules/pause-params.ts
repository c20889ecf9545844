import { clearable, hash, int, list, natural, oneOf, text } from "../../http/params";

const typed = <const T extends string>(...types: T[]) => hash({ type: oneOf(...types) }, ["type"]);

const pauseSettings = hash({
  bill_for: hash({
    outstanding_usage_through: typed("none", "pause_at"),
    unused_time_from: typed("item_current_period_start", "none", "pause_at"),
  }),
  invoicing_behavior: oneOf("invoice", "pending_invoice_item"),
  type: oneOf("subscription"),
});
const pauseAt = hash({ timestamp: int, type: oneOf("now", "timestamp") }, ["type"]);

const resumeSettings = hash({
  billing_cycle_anchor: oneOf("resume_at", "unchanged"),
  payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success"),
  proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
});
const duration = hash({ interval: oneOf("day", "week", "month", "year"), interval_count: natural }, [
  "interval",
]);
const resumeAt = hash({ duration, timestamp: int, type: oneOf("duration", "now", "timestamp") }, ["type"]);

const one = hash({
  key: text,
  pause: hash({ pause_at: pauseAt, settings: pauseSettings }, ["pause_at"]),
  resume: clearable(hash({ resume_at: resumeAt, settings: resumeSettings }, ["resume_at"])),
});
export type PauseGiven = ReturnType<typeof one>;

/** An empty string clears. */
export const pauseSchedules = clearable(list(one));
