import type pg from "pg";
import { statement } from "../statement";
import { type BilledItemRow, billedItems } from "./billed-items";

export interface SubscriptionViewRow {
  id: string;
  status: string;
  planId: string | null;
  interval: string | null;
  currency: string;
  quantity: string;
  items: BilledItemRow[];
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  trialEnd: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  createdAt: Date;
  pauseBehavior: string | null;
  pauseResumesAt: Date | null;
  pendingPlanId: string | null;
  pendingExpiresAt: Date | null;
  scheduledPlanId: string | null;
  scheduledInterval: string | null;
  scheduledAt: Date | null;
  cardId: string | null;
  cardType: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
  cardExpMonth: number | null;
  cardExpYear: number | null;
}

const newest = statement<SubscriptionViewRow>(
  "subscriptions-newest",
  `SELECT s.id, s.status, s.plan_id AS "planId", s.interval, s.currency, s.quantity, ${billedItems} AS items,
    s.current_period_start AS "currentPeriodStart", s.current_period_end AS "currentPeriodEnd",
    s.trial_end AS "trialEnd", s.cancel_at AS "cancelAt", s.ended_at AS "endedAt", s.created_at AS "createdAt",
    s.pause_behavior AS "pauseBehavior", s.pause_resumes_at AS "pauseResumesAt",
    pending.plan_id AS "pendingPlanId", s.pending_change_expires_at AS "pendingExpiresAt",
    scheduled.plan_id AS "scheduledPlanId", scheduled.interval AS "scheduledInterval",
    scheduled.start_at AS "scheduledAt",
    m.id AS "cardId", m.type AS "cardType", m.brand AS "cardBrand", m.last4 AS "cardLast4",
    m.exp_month AS "cardExpMonth", m.exp_year AS "cardExpYear"
  FROM subscription s
  JOIN customer c ON c.id = s.customer_id
  LEFT JOIN price pending ON pending.id = s.pending_change_price_id
  LEFT JOIN LATERAL (
    SELECT ph.start_at, pp.plan_id, pp.interval FROM subscription_schedule sc
    JOIN subscription_schedule_phase ph ON ph.customer_id = sc.customer_id AND ph.schedule_id = sc.id
    LEFT JOIN price pp ON pp.id = ph.price_id
    WHERE sc.customer_id = s.customer_id AND sc.id = s.schedule_id AND sc.status = 'active'
      AND ph.start_at >= s.current_period_end
    ORDER BY ph.position LIMIT 1
  ) AS scheduled ON true
  LEFT JOIN payment_method m ON m.customer_id = s.customer_id AND m.detached_at IS NULL
    AND m.id = coalesce(s.default_payment_method_id, c.default_payment_method_id)
  WHERE s.customer_id = $1
  ORDER BY s.live_slot, s.created_at DESC, s.id DESC LIMIT $2`,
);

/** The live one first, then the newest; each with its price and the card it is paid with. */
export const newestSubscriptions = (pool: pg.Pool, customerId: string, limit: number) =>
  newest(pool, [customerId, limit]);
