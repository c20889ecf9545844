import { rhythmOf } from "../../engine/anchors";
import { type Interval, periodAt } from "../../engine/periods";
import type { Subscription } from "../../tables";

type Anchored = Pick<Subscription, "billing_cycle_anchor" | "billing_cycle_anchor_config">;

/** The period of this length that holds a moment, counted from the anchor. */
export function periodOf(subscription: Anchored, interval: Interval, at: number) {
  const { billing_cycle_anchor: anchor, billing_cycle_anchor_config: config } = subscription;
  return periodAt(config ? rhythmOf(anchor, config.day_of_month, interval) : anchor, interval, at);
}
