import { newId, newPaymentId } from "../ids";
import type { Delivery, StripeEvent, ThinEvent } from "../tables";
import type { Tx } from "../transaction";
import { type Destination, destinationsFor } from "./destinations";
import type { DeliveryMode, DeliveryPlan } from "./plan";

/** The event and its deliveries are kept in the transaction that caused them. */
export function publish(tx: Tx, event: StripeEvent, plan: DeliveryPlan, nowMs: number): void {
  const modes = plan.modesFor(event.type);
  publishOne(tx, event, modes, plan, nowMs);
  if (modes.has("twin")) publishOne(tx, { ...event, id: twinId(event.id) }, modes, plan, nowMs);
}

/** Stripe makes, rarely, two Event objects for one change. */
function twinId(id: string): string {
  return id.startsWith("evt_3") ? newPaymentId("evt", id) : newId("evt");
}

function publishOne(
  tx: Tx,
  event: StripeEvent,
  modes: ReadonlySet<DeliveryMode>,
  plan: DeliveryPlan,
  nowMs: number,
): void {
  const wanting = destinationsFor(tx, event, nowMs);
  const counted = wanting.filter(({ payload }) => payload === "snapshot");
  tx.put("events", { ...event, pending_webhooks: counted.length, emitted: Math.floor(nowMs / 1000) });
  for (const destination of wanting) queue(tx, event, destination, modes, plan);
}

/** An event that exists only in its thin form. */
export function publishThin(tx: Tx, event: ThinEvent, plan: DeliveryPlan, nowMs: number): void {
  const modes = plan.modesFor(event.type);
  for (const destination of destinationsFor(tx, event, nowMs)) queue(tx, event, destination, modes, plan);
}

function queue(
  tx: Tx,
  event: StripeEvent | ThinEvent,
  { id: endpoint, payload }: Destination,
  modes: ReadonlySet<DeliveryMode>,
  plan: DeliveryPlan,
): void {
  const state = modes.has("drop") ? "failed" : modes.has("hold") ? "held" : "pending";
  const copies = modes.has("duplicate") ? 2 : 1;
  for (let copy = 0; copy < copies; copy++) {
    tx.put("deliveries", {
      ...newDelivery(tx, event, endpoint),
      state,
      lane: state === "pending" ? endpoint : null,
      nextAttemptAt: state === "pending" ? Date.now() + plan.waitMs(modes) : 0,
      lastError: state === "failed" ? "Dropped on request" : null,
      ...((copy > 0 || payload === "thin") && { extra: true }),
    });
  }
}

export function newDelivery(
  { account }: Pick<Tx, "account">,
  event: { id: string; type: string },
  endpoint: string,
): Delivery {
  return {
    id: newId("dlv"),
    event: event.id,
    ...(account !== null && { account }),
    endpoint,
    type: event.type,
    state: "pending",
    lane: endpoint,
    attempts: 0,
    nextAttemptAt: 0,
    lastStatus: null,
    lastError: null,
  };
}
