import type Stripe from "stripe";
import type { Billing } from "../context";
import type { ObjectKey } from "../db/sql/dirty-objects";
import { isGivenUp, knowsEventOf, lastApplied } from "../db/sql/reconciliation";
import { missingEvents } from "../db/sql/recurring-jobs";
import { instant } from "../stripe/fields";

/**
 * given_up: it could not be applied and waits for somebody. event_lost: it changed at Stripe and no event of that ever
 * came. changed_here: we had been told everything, so the rows were changed by something else than Stripe.
 */
export type Cause = "given_up" | "event_lost" | "changed_here";

/** A guess for whoever reads the report. Stripe tells its events of thirty days; of older ones it is `event_lost`. */
export async function likelyCause(billing: Billing, key: ObjectKey): Promise<Cause> {
  if (await isGivenUp(billing.pool, key)) return "given_up";
  const applied = await lastApplied(billing.pool, key);
  if (!applied) return (await knowsEventOf(billing.pool, key)) ? "changed_here" : "event_lost";
  const events = await billing.stripe.events.list({ created: { gte: secondsOf(applied) }, limit: 100 });
  const about = events.data.filter((event) => isAbout(event, key)).map(({ id }) => id);
  if ((await missingEvents(billing.pool, key.accountId, about)).length > 0) return "event_lost";
  // More than a page since then: what was not looked at cannot be ruled out.
  const sawAll = !events.has_more || instant(events.data.at(-1)?.created ?? 0) <= applied;
  return sawAll ? "changed_here" : "event_lost";
}

/** A change in the second before was perhaps not yet in what was applied. */
const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000) - 1;

const isAbout = ({ data }: Stripe.Event, { objectId }: ObjectKey) =>
  (data.object as { id?: string }).id === objectId;
