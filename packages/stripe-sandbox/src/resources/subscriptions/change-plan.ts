import { amountFor } from "../../engine/price-amount";
import { invalid } from "../../http/errors";
import type { Price, Subscription } from "../../tables";
import type { Tx } from "../../transaction";
import { wireList } from "../../wire";
import { changeItems } from "./change-items";
import { intervalOf, priceOfItem } from "./items";
import type { UpdateGiven } from "./params";
import { creditItem, forgetBilled } from "./prorate";
import { naturalEnd } from "./renew";

export type PlanEffect = "none" | "items" | "new_period";
type Given = Pick<UpdateGiven, "items" | "billing_cycle_anchor" | "trial_end" | "proration_behavior">;

/** Items, anchor and trial of a subscription, with the prorations on the way. */
export function changePlan(tx: Tx, id: string, given: Given, at: number): PlanEffect {
  const before = tx.need("subscriptions", id);
  const prorateAt = given.proration_behavior === "none" ? null : at;
  const trial = trialChange(tx, before, given.trial_end);
  const resets = resetsAnchor(tx, before, given);
  if (trial && before.status === "trialing" && trial.status === "trialing") {
    const items = changeItems(tx, before, given, null) ?? before.items;
    const data = items.data.map((item) => ({ ...item, current_period_end: trial.trial_end }));
    tx.patch("subscriptions", id, { ...trial, items: wireList(items.url, data) });
    return "items";
  }
  if (!trial && !resets) {
    const items = changeItems(tx, before, given, prorateAt);
    if (items) tx.patch("subscriptions", id, { items });
    return items ? "items" : "none";
  }
  for (const item of before.items.data) {
    if (prorateAt !== null && before.status !== "trialing") creditItem(tx, before, item, prorateAt);
    forgetBilled(tx, item.id);
  }
  startAnew(tx, before, given, trial);
  return "new_period";
}

function startAnew(tx: Tx, before: Subscription, given: Given, trial: TrialChange | undefined): void {
  const { id } = before;
  const items = changeItems(tx, before, given, null) ?? before.items;
  const changed = tx.patch("subscriptions", id, {
    billing_cycle_anchor: tx.now,
    billing_cycle_anchor_config: null,
    ...trial,
    items,
  });
  const data = items.data.map((item) => ({
    ...item,
    current_period_start: tx.now,
    current_period_end:
      trial?.status === "trialing" ? trial.trial_end : naturalEnd(tx, changed, item, tx.now),
  }));
  tx.patch("subscriptions", id, { items: wireList(items.url, data) });
}

interface TrialChange {
  status: "active" | "trialing";
  trial_end: number;
  trial_start: number;
  billing_cycle_anchor: number;
}

/** A trial that begins, moves, or ends now. Undefined when nothing changes. */
function trialChange(tx: Tx, before: Subscription, end: UpdateGiven["trial_end"]): TrialChange | undefined {
  if (end === undefined || end === before.trial_end) return undefined;
  const inTrial = before.status === "trialing";
  if (end !== "now") {
    if (end <= tx.now)
      throw invalid(
        "Invalid timestamp: must be an integer Unix timestamp in the future.",
        undefined,
        "trial_end",
      );
    const start = (inTrial ? before.trial_start : null) ?? tx.now;
    return { status: "trialing", trial_end: end, trial_start: start, billing_cycle_anchor: end };
  }
  if (!inTrial) return undefined;
  tx.emit("customer.subscription.trial_will_end", "subscriptions", before.id);
  const keeps = before.trial_settings?.end_behavior.billing_cycle_anchor === "unchanged";
  return {
    status: "active",
    trial_end: tx.now,
    trial_start: before.trial_start ?? tx.now,
    billing_cycle_anchor: keeps ? before.billing_cycle_anchor : tx.now,
  };
}

/** Flexible billing moves the anchor only when asked; classic also with the interval or the first payment. */
function resetsAnchor(tx: Tx, before: Subscription, given: Given): boolean {
  if (["trialing", "paused"].includes(before.status)) return false;
  if (given.billing_cycle_anchor?.type === "now") return true;
  if (before.billing_mode.type !== "classic" || given.billing_cycle_anchor?.type === "unchanged")
    return false;
  const changes = (given.items ?? []).filter((change) => change.price && !change.deleted);
  const current = before.items.data.map((item) => priceOfItem(tx, item, before.currency));
  const next = changes.flatMap((change) => tx.get("prices", change.price ?? "") ?? []);
  if (next.length === 0) return false;
  const lengths = new Set(current.map(lengthOf));
  return (
    next.some((price) => !lengths.has(lengthOf(price))) || (current.every(isFree) && !next.every(isFree))
  );
}

function lengthOf(price: Price): string {
  return price.recurring ? JSON.stringify(intervalOf(price)) : "";
}

function isFree(price: Price): boolean {
  return amountFor(price, 1).num === 0n;
}
