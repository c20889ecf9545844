import { clears, hash, list, metadata, oneOf, only, text, unsupported } from "../../http/params";
import { billingMode } from "../subscriptions/settings";
import { pauseSchedules } from "./pause-params";
import { commonParams, moment, phaseParams } from "./phase-params";

const defaultSettings = hash({
  ...commonParams,
  application_fee_percent: unsupported,
  on_behalf_of: clears("default_settings[on_behalf_of]"),
  transfer_data: clears("default_settings[transfer_data]"),
});
export type DefaultsGiven = ReturnType<typeof defaultSettings>;

const shared = {
  default_settings: defaultSettings,
  end_behavior: only("release", "cancel"),
  metadata,
  pause_schedules: pauseSchedules,
  phases: list(phaseParams),
};

export const createParams = hash({
  ...shared,
  billing_mode: billingMode,
  customer: text,
  customer_account: unsupported,
  from_subscription: text,
  start_date: moment,
});

export const updateParams = hash({
  ...shared,
  proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
});

/** What a preview may ask about a schedule. */
export const scheduleDetails = hash({
  billing_mode: billingMode,
  end_behavior: only("release", "cancel"),
  pause_schedules: pauseSchedules,
  phases: list(phaseParams),
  proration_behavior: oneOf("create_prorations", "none", "always_invoice"),
});

export type ScheduleGiven = ReturnType<typeof createParams>;
export type UpdateGiven = ReturnType<typeof updateParams>;
