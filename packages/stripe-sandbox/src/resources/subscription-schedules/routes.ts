import { created, inRange, page, pageParams } from "../../http/lists";
import { bool, hash, text } from "../../http/params";
import type { SubscriptionSchedule } from "../../tables";
import { type Resource, ref, route } from "../resource";
import { endSubscription } from "../subscriptions/cancel";
import { createSchedule } from "./create";
import { cancelSchedule, release, requireOpen } from "./end";
import { createParams, updateParams } from "./params";
import { pauseBySchedule, resumeBySchedule } from "./pause-schedules";
import { startSchedule } from "./start";
import { updateSchedule } from "./update";

const url = "/v1/subscription_schedules";

const create = route("POST", url, createParams, ({ tx, params }) =>
  tx.view("subscription_schedules", createSchedule(tx, params).id),
);

const retrieve = route("GET", `${url}/:`, hash({}), ({ tx, ids: [id] }) =>
  tx.view("subscription_schedules", id),
);

const update = route("POST", `${url}/:`, updateParams, ({ tx, params, ids: [id] }) => {
  updateSchedule(tx, id, params);
  return tx.view("subscription_schedules", id);
});

const releaseRoute = route(
  "POST",
  `${url}/:/release`,
  hash({ preserve_cancel_date: bool }),
  ({ tx, params, ids: [id] }) => {
    release(tx, id, params.preserve_cancel_date ?? false);
    return tx.view("subscription_schedules", id);
  },
);

const cancelParams = hash({ invoice_now: bool, prorate: bool });
const cancel = route("POST", `${url}/:/cancel`, cancelParams, ({ tx, params, ids: [id] }) => {
  const schedule = tx.need("subscription_schedules", id);
  requireOpen(schedule, "canceled");
  cancelSchedule(tx, id);
  if (schedule.subscription)
    endSubscription(tx, schedule.subscription, {
      invoice_now: params.invoice_now ?? true,
      prorate: params.prorate ?? true,
    });
  return tx.view("subscription_schedules", id);
});

const listParams = hash({
  ...pageParams,
  canceled_at: created,
  completed_at: created,
  created,
  customer: text,
  customer_account: text,
  released_at: created,
  scheduled: bool,
});
const index = route("GET", url, listParams, ({ tx, params }) => {
  const { customer } = params;
  const during = (value: number | null, range: typeof params.created) =>
    range === undefined || (value !== null && inRange(value, range));
  const matches = (row: SubscriptionSchedule) =>
    (customer !== undefined || row.test_clock === null) &&
    (!params.scheduled || row.status === "not_started") &&
    during(row.created, params.created) &&
    during(row.canceled_at, params.canceled_at) &&
    during(row.completed_at, params.completed_at) &&
    during(row.released_at, params.released_at);
  const rows = customer ? tx.by("subscription_schedules", "customer", customer).reverse() : undefined;
  return page(tx, "subscription_schedules", url, params, matches, rows);
});

export const subscriptionSchedules: Resource = {
  routes: [create, retrieve, update, releaseRoute, cancel, index],
  timers: {
    "subscription_schedule.start": startSchedule,
    "subscription_schedule.pause": pauseBySchedule,
    "subscription_schedule.resume": resumeBySchedule,
    "subscription_schedule.expiring": (tx, id) => {
      const status = tx.get("subscription_schedules", id)?.status;
      if (status === "active") tx.emit("subscription_schedule.expiring", "subscription_schedules", id);
    },
  },
  expansions: {
    subscription_schedule: {
      application: ref(),
      customer: ref("customers"),
      "default_settings.default_payment_method": ref("payment_methods"),
      "phases.add_invoice_items.price": ref("prices"),
      "phases.items.price": ref("prices"),
      "phases.items.plan": ref(),
      "phases.default_payment_method": ref("payment_methods"),
      subscription: ref("subscriptions"),
      test_clock: ref("test_clocks"),
    },
  },
};
