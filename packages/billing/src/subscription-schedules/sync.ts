import type pg from "pg";
import type Stripe from "stripe";
import type { Billing } from "../context";
import { ensureOwner } from "../customers/sync";
import { mirrorList } from "../db/sql/mirror-list";
import { mirrorTable, type Write } from "../db/sql/mirror-table";
import { notifyChange } from "../live/notify";
import { idOf, instant } from "../stripe/fields";
import { type Apply, markForRefresh } from "../webhooks/objects";

interface ScheduleRow {
  customerId: string;
  id: string;
  subscriptionId: string | null;
  status: string;
  endBehavior: string;
  operationId: string | null;
  canceledAt: Date | null;
  completedAt: Date | null;
  releasedAt: Date | null;
  createdAt: Date;
}

interface PhaseRow {
  id: string;
  position: number;
  priceId: string | null;
  quantity: number | null;
  prorationBehavior: string;
  startAt: Date;
  endAt: Date;
}

const writeSchedule = mirrorTable<ScheduleRow>("subscription_schedule", [
  "subscriptionId",
  "status",
  "endBehavior",
  "operationId",
  "canceledAt",
  "completedAt",
  "releasedAt",
  "createdAt",
]);

const writePhases = mirrorList<PhaseRow>("subscription_schedule_phase", "schedule_id", {
  id: "text",
  position: "int",
  priceId: "text",
  quantity: "bigint",
  prorationBehavior: "text",
  startAt: "timestamptz",
  endAt: "timestamptz",
});

export const refreshSchedule = async (billing: Billing, id: string): Promise<Apply> =>
  applySchedule(billing, await billing.stripe.subscriptionSchedules.retrieve(id), "latest");

export async function applySchedule(
  billing: Billing,
  schedule: Stripe.SubscriptionSchedule,
  write: Write,
): Promise<Apply> {
  const owner = await ensureOwner(billing, schedule.customer);
  return async (client) => {
    if (owner) await syncSchedule(client, owner, schedule, write);
  };
}

/** A schedule that lets go of its subscription, or takes one, changes what that subscription says of itself. */
export async function syncSchedule(
  client: pg.PoolClient,
  customerId: string,
  schedule: Stripe.SubscriptionSchedule,
  write: Write,
): Promise<void> {
  const subscriptionId = idOf(schedule.subscription) ?? schedule.released_subscription;
  const changed = await writeSchedule(
    client,
    {
      customerId,
      id: schedule.id,
      subscriptionId,
      status: schedule.status,
      endBehavior: schedule.end_behavior,
      operationId: schedule.metadata?.operation_id ?? null,
      canceledAt: instant(schedule.canceled_at),
      completedAt: instant(schedule.completed_at),
      releasedAt: instant(schedule.released_at),
      createdAt: instant(schedule.created),
    },
    write,
  );
  if (!changed && write === "first") return;
  const phases = await writePhases(client, { customerId, id: schedule.id }, phaseRows(schedule));
  if (!changed && phases === 0) return;
  if (changed && subscriptionId) await markForRefresh(client, "subscription", subscriptionId);
  await notifyChange(client, { customerId, nouns: ["subscriptions"] });
}

/** Stripe gives phases no id of their own. */
const phaseRows = ({ id, phases }: Stripe.SubscriptionSchedule): PhaseRow[] =>
  phases.map((phase, position) => ({
    id: `${id}:${position}`,
    position,
    priceId: idOf(phase.items[0]?.price),
    quantity: phase.items[0]?.quantity ?? null,
    prorationBehavior: phase.proration_behavior,
    startAt: instant(phase.start_date),
    endAt: instant(phase.end_date),
  }));
