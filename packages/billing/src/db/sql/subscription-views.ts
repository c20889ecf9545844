import type pg from "pg";
import { statement } from "../statement";

export interface SubscriptionViewRow {
  id: string;
  status: string;
  planId: string | null;
  interval: string | null;
  currency: string;
  quantity: string;
  unitAmount: string | null;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  trialEnd: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  createdAt: Date;
  cardId: string | null;
  cardType: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
  cardExpMonth: number | null;
  cardExpYear: number | null;
}

const newest = statement<SubscriptionViewRow>(
  "subscriptions-newest",
  `SELECT s.id, s.status, s.plan_id AS "planId", s.interval, s.currency, s.quantity, p.unit_amount AS "unitAmount",
    s.current_period_start AS "currentPeriodStart", s.current_period_end AS "currentPeriodEnd",
    s.trial_end AS "trialEnd", s.cancel_at AS "cancelAt", s.ended_at AS "endedAt", s.created_at AS "createdAt",
    m.id AS "cardId", m.type AS "cardType", m.brand AS "cardBrand", m.last4 AS "cardLast4",
    m.exp_month AS "cardExpMonth", m.exp_year AS "cardExpYear"
  FROM subscription s
  JOIN customer c ON c.id = s.customer_id
  LEFT JOIN price p ON p.id = s.price_id
  LEFT JOIN payment_method m ON m.customer_id = s.customer_id AND m.detached_at IS NULL
    AND m.id = coalesce(s.default_payment_method_id, c.default_payment_method_id)
  WHERE s.customer_id = $1
  ORDER BY s.live_slot, s.created_at DESC, s.id DESC LIMIT $2`,
);

/** The live one first, then the newest; each with its price and the card it is paid with. */
export const newestSubscriptions = (pool: pg.Pool, customerId: string, limit: number) =>
  newest(pool, [customerId, limit]);
