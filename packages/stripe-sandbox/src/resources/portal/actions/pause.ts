import { boundary } from "../../../engine/periods";
import { invalid } from "../../../http/errors";
import { hash, natural, oneOf, text } from "../../../http/params";
import type { Tx } from "../../../transaction";
import { pauseSubscription } from "../../subscriptions/pause";
import { resumeSubscription } from "../../subscriptions/resume";
import type { Visit } from "../access";
import { ownSubscription } from "../flow";
import { action } from "./action";

const resumeTimer = "portal.resume";
const pauseParams = hash(
  { interval: oneOf("day", "week", "month", "year"), interval_count: natural, subscription: text },
  ["subscription"],
);
type Given = ReturnType<typeof pauseParams>;

export const pause = action(
  pauseParams,
  (tx, { customer, configuration }, given) => {
    const rules = configuration.features.subscription_pause;
    if (!rules.enabled) throw invalid("Subscriptions cannot be paused here.", undefined, "subscription");
    const { id, cancel_at: ends } = ownSubscription(tx, customer.id, given.subscription, "subscription");
    if (ends !== null)
      throw invalid("A subscription that is set to be canceled cannot be paused.", undefined, "subscription");
    const resumes = resumesAt(tx, rules.duration, given);
    pauseSubscription(tx, id, {});
    tx.unschedule(id, resumeTimer);
    tx.remove("portal_pauses", id);
    if (resumes !== null) {
      tx.put("portal_pauses", { id, paused: tx.now, resumes });
      tx.schedule((resumes - tx.now) * 1000, resumeTimer, id);
    }
    return { subscription: tx.view("subscriptions", id), resumes_at: resumes };
  },
  { flows: ["subscription_pause"] },
);

type Duration = Visit["configuration"]["features"]["subscription_pause"]["duration"];

function resumesAt(
  tx: Tx,
  duration: Duration,
  { interval, interval_count: count = 1 }: Given,
): number | null {
  if (duration.type === "indefinite") {
    if (interval) throw invalid("A pause has no duration here.", undefined, "interval");
    return null;
  }
  const [first] = duration.interval_options;
  const option = interval
    ? duration.interval_options.find((one) => one.interval === interval && one.interval_count === count)
    : first;
  const unit = (["day", "week", "month", "year"] as const).find((one) => one === option?.interval);
  if (!option || !unit) throw invalid("This duration is not offered here.", undefined, "interval");
  return boundary(tx.now, { unit, count: option.interval_count }, 1);
}

export const resume = action(hash({ subscription: text }, ["subscription"]), (tx, visit, given) => {
  const { id } = ownSubscription(tx, visit.customer.id, given.subscription, "subscription");
  if (!visit.configuration.features.subscription_pause.enabled)
    throw invalid("Subscriptions cannot be resumed here.", undefined, "subscription");
  resumeSubscription(tx, id, {});
  tx.unschedule(id, resumeTimer);
  tx.remove("portal_pauses", id);
  return { subscription: tx.view("subscriptions", id) };
});

/** The pause was for a time that is over; one that somebody else began or ended since is not touched. */
function resumeInTime(tx: Tx, id: string): void {
  const pause = tx.get("portal_pauses", id);
  const subscription = tx.get("subscriptions", id);
  tx.remove("portal_pauses", id);
  if (subscription?.status !== "paused") return;
  if (subscription.status_details?.paused.transitioned_at === pause?.paused) resumeSubscription(tx, id, {});
}

export const pauseTimers = { [resumeTimer]: resumeInTime };
