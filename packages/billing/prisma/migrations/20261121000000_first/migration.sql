-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('viewer', 'support', 'finance', 'admin');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('owner', 'billing', 'viewer');

-- CreateEnum
CREATE TYPE "operation_kind" AS ENUM ('customer.create', 'subscription.create', 'subscription.cancel', 'refund.create');

-- CreateEnum
CREATE TYPE "operation_state" AS ENUM ('submitted', 'succeeded', 'failed', 'unknown');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('member', 'staff', 'system', 'stripe');

-- CreateTable
CREATE TABLE "login" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "login_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "login_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "login_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_credential" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "login_id" TEXT NOT NULL,
    "password" TEXT,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(6),
    "refresh_token_expires_at" TIMESTAMPTZ(6),
    "scope" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "login_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "login_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" "staff_role" NOT NULL DEFAULT 'viewer',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "staff_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_credential" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "staff_id" TEXT NOT NULL,
    "password" TEXT,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(6),
    "refresh_token_expires_at" TIMESTAMPTZ(6),
    "scope" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "staff_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "staff_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "customer_id" TEXT NOT NULL,
    "login_id" TEXT NOT NULL,
    "role" "member_role" NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("customer_id","login_id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" TEXT NOT NULL,
    "stripe_customer_id" TEXT,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "currency" TEXT,
    "balance_amount" BIGINT NOT NULL DEFAULT 0,
    "delinquent" BOOLEAN NOT NULL DEFAULT false,
    "default_payment_method_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(6),
    "synced_at" TIMESTAMPTZ(6),

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_method" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "brand" TEXT,
    "last4" TEXT,
    "exp_month" INTEGER,
    "exp_year" INTEGER,
    "country" TEXT,
    "fingerprint" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "detached_at" TIMESTAMPTZ(6),
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "payment_method_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "plan_id" TEXT,
    "price_id" TEXT,
    "interval" TEXT,
    "currency" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL DEFAULT 1,
    "current_period_start" TIMESTAMPTZ(6),
    "current_period_end" TIMESTAMPTZ(6),
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "trial_start" TIMESTAMPTZ(6),
    "trial_end" TIMESTAMPTZ(6),
    "cancel_at" TIMESTAMPTZ(6),
    "cancel_at_period_end" BOOLEAN NOT NULL DEFAULT false,
    "canceled_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "latest_invoice_id" TEXT,
    "pending_setup_intent_id" TEXT,
    "default_payment_method_id" TEXT,
    "operation_id" TEXT,
    "live_slot" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "subscription_item" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "price_id" TEXT NOT NULL,
    "quantity" BIGINT,
    "current_period_start" TIMESTAMPTZ(6) NOT NULL,
    "current_period_end" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "subscription_item_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "invoice" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "number" TEXT,
    "status" TEXT NOT NULL,
    "billing_reason" TEXT,
    "subscription_id" TEXT,
    "currency" TEXT NOT NULL,
    "subtotal_amount" BIGINT NOT NULL,
    "discount_amount" BIGINT NOT NULL DEFAULT 0,
    "tax_amount" BIGINT NOT NULL DEFAULT 0,
    "total_amount" BIGINT NOT NULL,
    "due_amount" BIGINT NOT NULL,
    "paid_amount" BIGINT NOT NULL,
    "remaining_amount" BIGINT NOT NULL,
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "next_payment_attempt" TIMESTAMPTZ(6),
    "period_start" TIMESTAMPTZ(6) NOT NULL,
    "period_end" TIMESTAMPTZ(6) NOT NULL,
    "due_at" TIMESTAMPTZ(6),
    "finalized_at" TIMESTAMPTZ(6),
    "paid_at" TIMESTAMPTZ(6),
    "voided_at" TIMESTAMPTZ(6),
    "hosted_invoice_url" TEXT,
    "invoice_pdf" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "invoice_line" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "description" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "quantity" BIGINT,
    "price_id" TEXT,
    "proration" BOOLEAN NOT NULL DEFAULT false,
    "period_start" TIMESTAMPTZ(6) NOT NULL,
    "period_end" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invoice_line_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "invoice_payment" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "paid_amount" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invoice_payment_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "payment" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "received_amount" BIGINT NOT NULL DEFAULT 0,
    "refunded_amount" BIGINT NOT NULL DEFAULT 0,
    "charge_id" TEXT,
    "payment_method_id" TEXT,
    "card_brand" TEXT,
    "card_last4" TEXT,
    "failure_code" TEXT,
    "decline_code" TEXT,
    "failure_message" TEXT,
    "disputed" BOOLEAN NOT NULL DEFAULT false,
    "receipt_url" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "refund" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "charge_id" TEXT,
    "status" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT,
    "failure_reason" TEXT,
    "operation_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "money_operation" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" "operation_kind" NOT NULL,
    "state" "operation_state" NOT NULL,
    "open_slot" TEXT,
    "target_id" TEXT,
    "amount" BIGINT,
    "currency" TEXT,
    "params" JSONB NOT NULL,
    "request_hash" TEXT NOT NULL,
    "stripe_object_id" TEXT,
    "failure_reason" TEXT,
    "failure_message" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "submitted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "money_operation_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "price" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "lookup_key" TEXT,
    "plan_id" TEXT,
    "currency" TEXT NOT NULL,
    "interval" TEXT,
    "unit_amount" BIGINT,
    "active" BOOLEAN NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "price_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "customer_id" TEXT,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "operation_id" TEXT,
    "reason" TEXT,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT NOT NULL,
    "ip" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "webhook_event" (
    "account_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "api_version" TEXT,
    "livemode" BOOLEAN NOT NULL,
    "object_type" TEXT,
    "object_id" TEXT,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "raw" BYTEA NOT NULL,
    "raw_sha256" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "dirty_object" (
    "account_id" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "dirty_seq" BIGINT NOT NULL DEFAULT 1,
    "done_seq" BIGINT NOT NULL DEFAULT 0,
    "dirty_since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(6) DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dead_at" TIMESTAMPTZ(6),
    "last_error" TEXT,
    "applied_at" TIMESTAMPTZ(6),

    CONSTRAINT "dirty_object_pkey" PRIMARY KEY ("account_id","object_type","object_id")
);

-- CreateTable
CREATE TABLE "effect" (
    "business_key" TEXT NOT NULL,
    "customer_id" TEXT,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "effect_pkey" PRIMARY KEY ("business_key")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "login_email_key" ON "login"("email");

-- CreateIndex
CREATE UNIQUE INDEX "login_session_token_key" ON "login_session"("token");

-- CreateIndex
CREATE INDEX "login_session_login_id_idx" ON "login_session"("login_id");

-- CreateIndex
CREATE INDEX "login_credential_login_id_idx" ON "login_credential"("login_id");

-- CreateIndex
CREATE INDEX "login_verification_identifier_idx" ON "login_verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "staff_email_key" ON "staff"("email");

-- CreateIndex
CREATE UNIQUE INDEX "staff_session_token_key" ON "staff_session"("token");

-- CreateIndex
CREATE INDEX "staff_session_staff_id_idx" ON "staff_session"("staff_id");

-- CreateIndex
CREATE INDEX "staff_credential_staff_id_idx" ON "staff_credential"("staff_id");

-- CreateIndex
CREATE INDEX "staff_verification_identifier_idx" ON "staff_verification"("identifier");

-- CreateIndex
CREATE INDEX "member_login_id_idx" ON "member"("login_id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_stripe_customer_id_key" ON "customer"("stripe_customer_id");

-- CreateIndex
CREATE INDEX "customer_created_at_id_idx" ON "customer"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "customer_email_idx" ON "customer"("email");

-- CreateIndex
CREATE INDEX "payment_method_id_idx" ON "payment_method"("id");

-- CreateIndex
CREATE INDEX "payment_method_last4_idx" ON "payment_method"("last4");

-- CreateIndex
CREATE INDEX "subscription_id_idx" ON "subscription"("id");

-- CreateIndex
CREATE INDEX "subscription_status_created_at_idx" ON "subscription"("status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_customer_id_live_slot_key" ON "subscription"("customer_id", "live_slot");

-- CreateIndex
CREATE INDEX "subscription_item_customer_id_subscription_id_idx" ON "subscription_item"("customer_id", "subscription_id");

-- CreateIndex
CREATE INDEX "invoice_customer_id_created_at_id_idx" ON "invoice"("customer_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "invoice_id_idx" ON "invoice"("id");

-- CreateIndex
CREATE INDEX "invoice_number_idx" ON "invoice"("number");

-- CreateIndex
CREATE INDEX "invoice_line_customer_id_invoice_id_position_idx" ON "invoice_line"("customer_id", "invoice_id", "position");

-- CreateIndex
CREATE INDEX "invoice_payment_customer_id_invoice_id_idx" ON "invoice_payment"("customer_id", "invoice_id");

-- CreateIndex
CREATE INDEX "invoice_payment_customer_id_payment_id_idx" ON "invoice_payment"("customer_id", "payment_id");

-- CreateIndex
CREATE INDEX "payment_customer_id_created_at_id_idx" ON "payment"("customer_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "payment_id_idx" ON "payment"("id");

-- CreateIndex
CREATE INDEX "payment_charge_id_idx" ON "payment"("charge_id");

-- CreateIndex
CREATE INDEX "refund_customer_id_payment_id_idx" ON "refund"("customer_id", "payment_id");

-- CreateIndex
CREATE INDEX "refund_id_idx" ON "refund"("id");

-- CreateIndex
CREATE UNIQUE INDEX "refund_customer_id_operation_id_key" ON "refund"("customer_id", "operation_id");

-- CreateIndex
CREATE INDEX "money_operation_state_submitted_at_idx" ON "money_operation"("state", "submitted_at");

-- CreateIndex
CREATE INDEX "money_operation_customer_id_target_id_idx" ON "money_operation"("customer_id", "target_id");

-- CreateIndex
CREATE INDEX "money_operation_id_idx" ON "money_operation"("id");

-- CreateIndex
CREATE UNIQUE INDEX "money_operation_customer_id_open_slot_key" ON "money_operation"("customer_id", "open_slot");

-- CreateIndex
CREATE UNIQUE INDEX "price_lookup_key_key" ON "price"("lookup_key");

-- CreateIndex
CREATE INDEX "audit_entry_customer_id_seq_idx" ON "audit_entry"("customer_id", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_target_type_target_id_idx" ON "audit_entry"("target_type", "target_id");

-- CreateIndex
CREATE INDEX "audit_entry_operation_id_idx" ON "audit_entry"("operation_id");

-- CreateIndex
CREATE INDEX "webhook_event_received_at_idx" ON "webhook_event"("received_at");

-- CreateIndex
CREATE INDEX "webhook_event_object_type_object_id_idx" ON "webhook_event"("object_type", "object_id");

-- CreateIndex
CREATE INDEX "dirty_object_due_at_idx" ON "dirty_object"("due_at");

-- AddForeignKey
ALTER TABLE "login_session" ADD CONSTRAINT "login_session_login_id_fkey" FOREIGN KEY ("login_id") REFERENCES "login"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login_credential" ADD CONSTRAINT "login_credential_login_id_fkey" FOREIGN KEY ("login_id") REFERENCES "login"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_credential" ADD CONSTRAINT "staff_credential_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_login_id_fkey" FOREIGN KEY ("login_id") REFERENCES "login"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_method" ADD CONSTRAINT "payment_method_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_item" ADD CONSTRAINT "subscription_item_customer_id_subscription_id_fkey" FOREIGN KEY ("customer_id", "subscription_id") REFERENCES "subscription"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_line" ADD CONSTRAINT "invoice_line_customer_id_invoice_id_fkey" FOREIGN KEY ("customer_id", "invoice_id") REFERENCES "invoice"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_payment" ADD CONSTRAINT "invoice_payment_customer_id_invoice_id_fkey" FOREIGN KEY ("customer_id", "invoice_id") REFERENCES "invoice"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_customer_id_payment_id_fkey" FOREIGN KEY ("customer_id", "payment_id") REFERENCES "payment"("customer_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "money_operation" ADD CONSTRAINT "money_operation_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- History is written once: the database itself refuses to change it.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Raw events are written often and read rarely: lz4 where this PostgreSQL was built with it.
DO $$
BEGIN
  ALTER TABLE "webhook_event" ALTER COLUMN "raw" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END
$$;
