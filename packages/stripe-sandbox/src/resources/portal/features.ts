import { invalid } from "../../http/errors";
import type { PortalConfiguration } from "../../tables";
import type { Tx } from "../../transaction";
import type { FeaturesGiven } from "./configuration-params";

export type Features = PortalConfiguration["features"];
type Update = NonNullable<FeaturesGiven["subscription_update"]>;

const mostProducts = 10;
const longestPauseDays = 3 * 366;
const daysIn: Record<string, number> = { day: 1, week: 7, month: 30.5, year: 366 };

export const nothingAllowed: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: {
    duration: { interval_options: [{ interval: "month", interval_count: 1 }], type: "interval_options" },
    enabled: false,
  },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "end_trial",
  },
};

/** What is given changes; a feature left out stays as it was. */
export function changeFeatures(tx: Tx, before: Features, given: FeaturesGiven): Features {
  const { subscription_cancel: cancel, subscription_pause: pause, subscription_update: update } = given;
  const features: Features = {
    customer_update: { ...before.customer_update, ...given.customer_update },
    invoice_history: { ...before.invoice_history, ...given.invoice_history },
    payment_method_update: {
      ...before.payment_method_update,
      ...(given.payment_method_update && { enabled: given.payment_method_update.enabled }),
    },
    subscription_cancel: {
      ...before.subscription_cancel,
      ...cancel,
      cancellation_reason: {
        ...before.subscription_cancel.cancellation_reason,
        ...cancel?.cancellation_reason,
        feedback_options: null,
      },
    },
    subscription_pause: {
      enabled: pause?.enabled ?? before.subscription_pause.enabled,
      duration: pause?.duration ? durationOf(pause.duration) : before.subscription_pause.duration,
    },
    subscription_update: {
      ...before.subscription_update,
      ...update,
      schedule_at_period_end: {
        conditions:
          update?.schedule_at_period_end?.conditions ??
          before.subscription_update.schedule_at_period_end.conditions,
      },
      products: update?.products
        ? productsOf(tx, update.products)
        : (before.subscription_update.products ?? []),
    },
  };
  check(features);
  return features;
}

function check({ subscription_cancel: cancel, subscription_update: update }: Features): void {
  const where = "features[subscription_cancel]";
  if (cancel.proration_behavior === "always_invoice") {
    throw invalid(
      "`always_invoice` is not supported for cancellations. Pass `none` or `create_prorations`.",
      undefined,
      `${where}[proration_behavior]`,
    );
  }
  if (cancel.proration_behavior === "create_prorations" && cancel.mode !== "immediately") {
    throw invalid(
      "`create_prorations` is only compatible with `mode=immediately`.",
      undefined,
      `${where}[proration_behavior]`,
    );
  }
  if (!update.enabled) return;
  requireForUpdates(update.default_allowed_updates.length, "default_allowed_updates");
  requireForUpdates(update.products?.length ?? 0, "products");
}

/** Stripe's types call both optional; a page that allows updates of nothing makes no sense. */
function requireForUpdates(count: number, name: string): void {
  if (count > 0) return;
  const param = `features[subscription_update][${name}]`;
  throw invalid(`Missing required param: ${param}.`, "parameter_missing", param);
}

type Duration = NonNullable<NonNullable<FeaturesGiven["subscription_pause"]>["duration"]>;

function durationOf({
  type,
  interval_options: options = [],
}: Duration): Features["subscription_pause"]["duration"] {
  const param = "features[subscription_pause][duration][interval_options]";
  if (type === "indefinite") return { interval_options: [], type };
  if (options.length === 0) throw invalid(`Missing required param: ${param}.`, "parameter_missing", param);
  const shown = options.map(({ interval, interval_count: count = 1 }) => ({
    interval,
    interval_count: count,
  }));
  const fits = shown.every(
    ({ interval, interval_count: count }) => count > 0 && count * (daysIn[interval] ?? 1) <= longestPauseDays,
  );
  if (!fits) throw invalid("A pause lasts at least one interval and at most three years.", undefined, param);
  return { interval_options: shown, type };
}

function productsOf(
  tx: Tx,
  given: NonNullable<Update["products"]>,
): NonNullable<Features["subscription_update"]["products"]> {
  const param = "features[subscription_update][products]";
  if (given.length > mostProducts)
    throw invalid(`You can pass up to ${mostProducts} products.`, undefined, param);
  return given.map(({ product, prices, adjustable_quantity: quantity }, at) => {
    const here = `${param}[${at}]`;
    tx.need("products", product, `${here}[product]`);
    if (prices.length === 0)
      throw invalid(`Missing required param: ${here}[prices].`, "parameter_missing", `${here}[prices]`);
    for (const [place, id] of prices.entries()) checkPrice(tx, product, id, `${here}[prices][${place}]`);
    const { enabled = false, minimum = 1, maximum = null } = quantity ?? {};
    if (maximum !== null && maximum < minimum)
      throw invalid("maximum must not be below minimum.", undefined, `${here}[adjustable_quantity][maximum]`);
    return { adjustable_quantity: { enabled, maximum, minimum }, prices, product };
  });
}

function checkPrice(tx: Tx, product: string, id: string, param: string): void {
  const price = tx.need("prices", id, param);
  if (price.product !== product)
    throw invalid(`The price ${id} belongs to another product than ${product}.`, undefined, param);
  if (!price.recurring)
    throw invalid(`The price ${id} is not recurring and cannot be subscribed to.`, undefined, param);
}
