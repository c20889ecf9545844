import { boundary } from "../../engine/periods";
import { ApiError, invalid } from "../../http/errors";
import { randomText } from "../../ids";
import type { SubscriptionSchedule } from "../../tables";
import type { Tx } from "../../transaction";
import { pauseSubscription } from "../subscriptions/pause";
import { resumeSubscription } from "../subscriptions/resume";
import { checkAutomaticTax } from "../tax/location";
import type { PauseGiven } from "./pause-params";

type Planned = SubscriptionSchedule["pause_schedules"][number];

/** At most one pause, with or without its end; an empty list or null takes it back. */
export function planPauses(tx: Tx, id: string, given: PauseGiven[] | null): void {
  const { pause_schedules: known } = tx.need("subscription_schedules", id);
  if ((given ?? []).length > 1)
    throw invalid("A schedule can have one pause.", undefined, "pause_schedules[1]");
  const planned = (given ?? []).map((entry) => {
    const current = known.find((one) => one.key === entry.key);
    if (entry.key && !current && known.length > 0)
      throw invalid(`No such pause schedule: ${entry.key}`, "resource_missing", "pause_schedules[0][key]");
    return plannedBy(tx, entry, current);
  });
  tx.patch("subscription_schedules", id, { pause_schedules: planned });
  tx.unschedule(id, "subscription_schedule.pause");
  tx.unschedule(id, "subscription_schedule.resume");
  for (const { pause, resume } of planned) {
    if (pause.status.type === "scheduled") at(tx, id, "subscription_schedule.pause", pause.pause_at);
    if (resume?.status.type === "scheduled") at(tx, id, "subscription_schedule.resume", resume.resume_at);
  }
}

function at(tx: Tx, id: string, kind: string, moment: number): void {
  tx.schedule(Math.max(0, moment - tx.now) * 1000, kind, id);
}

function plannedBy(tx: Tx, given: PauseGiven, current: Planned | undefined): Planned {
  const pause = given.pause ? pauseOf(tx, given.pause) : current?.pause;
  if (!pause)
    throw invalid("Missing required param: pause.", "parameter_missing", "pause_schedules[0][pause]");
  const resume = given.resume === undefined ? (current?.resume ?? null) : resumeOf(tx, given.resume, pause);
  if (resume && resume.resume_at <= pause.pause_at)
    throw invalid("A pause must end after it begins.", undefined, "pause_schedules[0][resume][resume_at]");
  return { key: given.key ?? current?.key ?? `pause_${randomText(12)}`, pause, resume };
}

function pauseOf(tx: Tx, { pause_at: when, settings }: NonNullable<PauseGiven["pause"]>): Planned["pause"] {
  const bills = settings?.bill_for;
  return {
    pause_at: momentOf(tx, when, "pause_schedules[0][pause][pause_at][timestamp]"),
    settings: {
      bill_for: {
        outstanding_usage_through: bills?.outstanding_usage_through ?? { type: "pause_at" },
        unused_time_from: bills?.unused_time_from ?? { type: "pause_at" },
      },
      invoicing_behavior: settings?.invoicing_behavior ?? "pending_invoice_item",
      type: settings?.type ?? "subscription",
    },
    status: { type: "scheduled" },
  };
}

function resumeOf(tx: Tx, given: PauseGiven["resume"], pause: Planned["pause"]): Planned["resume"] {
  if (!given) return null;
  const { resume_at: when, settings } = given;
  const { duration } = when;
  const length = duration && { unit: duration.interval, count: duration.interval_count ?? 1 };
  return {
    resume_at:
      when.type === "duration" && length
        ? boundary(pause.pause_at, length, 1)
        : momentOf(tx, when, "pause_schedules[0][resume][resume_at][timestamp]"),
    settings: {
      billing_cycle_anchor: settings?.billing_cycle_anchor ?? "resume_at",
      payment_behavior: settings?.payment_behavior ?? "resume_on_payment_attempt",
      proration_behavior: settings?.proration_behavior ?? "create_prorations",
    },
    status: { type: "scheduled" },
  };
}

function momentOf(tx: Tx, when: { type: string; timestamp?: number }, param: string): number {
  const moment = when.type === "now" ? tx.now : when.timestamp;
  if (moment === undefined) throw invalid(`Missing required param: ${param}.`, "parameter_missing", param);
  if (moment < tx.now) throw invalid("The moment must not be in the past.", undefined, param);
  return moment;
}

/** The pause begins; when it cannot, the schedule says why. */
export function pauseBySchedule(tx: Tx, id: string): void {
  perform(tx, id, "pause", (subscription, { pause: { settings } }) => {
    const unused = settings?.bill_for.unused_time_from.type;
    pauseSubscription(
      tx,
      subscription,
      {
        bill_for: {
          outstanding_usage_through: {
            type: settings?.bill_for.outstanding_usage_through.type === "none" ? "none" : "now",
          },
          unused_time_from: {
            type: (["none", "item_current_period_start"] as const).find((name) => name === unused) ?? "now",
          },
        },
        invoicing_behavior: settings?.invoicing_behavior === "invoice" ? "invoice" : "pending_invoice_item",
      },
      true,
    );
  });
}

export function resumeBySchedule(tx: Tx, id: string): void {
  perform(tx, id, "resume", (subscription, { resume }) => {
    const {
      billing_cycle_anchor: anchor,
      payment_behavior: pays,
      proration_behavior,
    } = resume?.settings ?? {};
    const prorates = (["always_invoice", "none"] as const).find((name) => name === proration_behavior);
    resumeSubscription(tx, subscription, {
      billing_cycle_anchor: { type: anchor === "unchanged" ? "unchanged" : "now" },
      payment_behavior:
        pays === "resume_on_payment_success" ? "resume_on_payment_success" : "resume_on_payment_attempt",
      proration_behavior: prorates ?? "create_prorations",
    });
  });
}

function perform(
  tx: Tx,
  id: string,
  part: "pause" | "resume",
  work: (subscription: string, planned: Planned) => void,
): void {
  const schedule = tx.get("subscription_schedules", id);
  const planned = schedule?.pause_schedules[0];
  if (schedule?.status !== "active" || !schedule.subscription || !planned) return;
  const status = outcomeOf(() => {
    requirePlace(tx, String(schedule.subscription));
    work(String(schedule.subscription), planned);
  });
  const done = { ...planned, [part]: { ...planned[part], status } };
  tx.patch("subscription_schedules", id, { pause_schedules: [done] });
  tx.emit("subscription_schedule.updated", "subscription_schedules", id);
}

/** Before anything is changed: an invoice that comes of it could not be finalized. */
function requirePlace(tx: Tx, id: string): void {
  const { automatic_tax: tax, customer } = tx.need("subscriptions", id);
  checkAutomaticTax(tx.need("customers", customer), { automatic_tax: tax });
}

function outcomeOf(work: () => void): Planned["pause"]["status"] {
  try {
    work();
    return { type: "succeeded" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {
      error: { message: error.message, ...(error.body.code && { code: error.body.code }) },
      type: "error",
    };
  }
}
