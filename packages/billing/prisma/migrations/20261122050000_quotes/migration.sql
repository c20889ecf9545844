ALTER TYPE "operation_kind" ADD VALUE 'plan.change';
ALTER TYPE "operation_kind" ADD VALUE 'change.drop';
ALTER TYPE "operation_kind" ADD VALUE 'schedule.create';
ALTER TYPE "operation_kind" ADD VALUE 'schedule.release';
ALTER TYPE "operation_kind" ADD VALUE 'subscription.update';

ALTER TABLE "subscription" ADD COLUMN "pending_change_price_id" TEXT,
ADD COLUMN "pending_change_expires_at" TIMESTAMPTZ(6);
