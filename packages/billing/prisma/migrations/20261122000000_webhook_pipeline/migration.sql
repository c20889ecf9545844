-- The body goes after its time; the row, its hash and what it was about stay.
ALTER TABLE "webhook_event"
  ALTER COLUMN "raw" DROP NOT NULL,
  ADD COLUMN "form" TEXT NOT NULL DEFAULT 'snapshot',
  ADD COLUMN "source" TEXT NOT NULL DEFAULT 'webhook';

-- One word for our own account, as dirty_object has it: an event that is delivered and one that is listed are the same.
UPDATE "webhook_event" SET "account_id" = 'own' WHERE "account_id" = 'main';

CREATE INDEX "webhook_event_raw_idx" ON "webhook_event"("received_at") WHERE "raw" IS NOT NULL;
CREATE INDEX "webhook_event_quarantined_idx" ON "webhook_event"("received_at") WHERE "status" = 'quarantined';

ALTER TABLE "dirty_object"
  ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "dead_reason" TEXT,
  ADD COLUMN "first_error" TEXT,
  ADD COLUMN "first_failed_at" TIMESTAMPTZ(6),
  ADD COLUMN "last_failed_at" TIMESTAMPTZ(6);
UPDATE "dirty_object" SET "dead_reason" = 'unknown', "first_error" = "last_error",
  "first_failed_at" = "dead_at", "last_failed_at" = "dead_at" WHERE "dead_at" IS NOT NULL;
-- A claim changes no indexed column: with room on the page it costs no index.
ALTER TABLE "dirty_object" SET (fillfactor = 80);

-- What is finished is in none of these, and that is nearly everything.
DROP INDEX "dirty_object_due_at_idx";
CREATE INDEX "dirty_object_due_idx" ON "dirty_object"("priority", "due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "dirty_object_failing_idx" ON "dirty_object"("last_failed_at") WHERE "last_failed_at" IS NOT NULL;

-- How many requests Stripe may still be sent just now. Forgotten in a crash: it fills up again by itself.
CREATE UNLOGGED TABLE "stripe_budget" (
    "key" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "refilled_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paused_until" TIMESTAMPTZ(6),

    CONSTRAINT "stripe_budget_pkey" PRIMARY KEY ("key")
);
