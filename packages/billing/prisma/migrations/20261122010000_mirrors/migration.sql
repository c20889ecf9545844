ALTER TABLE "subscription" ADD COLUMN     "cancellation_comment" TEXT,
ADD COLUMN     "cancellation_feedback" TEXT,
ADD COLUMN     "cancellation_reason" TEXT,
ADD COLUMN     "collection_method" TEXT NOT NULL DEFAULT 'charge_automatically',
ADD COLUMN     "pause_behavior" TEXT,
ADD COLUMN     "pause_resumes_at" TIMESTAMPTZ(6),
ADD COLUMN     "schedule_id" TEXT;

CREATE TABLE "subscription_discount" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "coupon_id" TEXT NOT NULL,
    "promotion_code_id" TEXT,
    "start_at" TIMESTAMPTZ(6) NOT NULL,
    "end_at" TIMESTAMPTZ(6),

    CONSTRAINT "subscription_discount_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "subscription_schedule" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "subscription_id" TEXT,
    "status" TEXT NOT NULL,
    "end_behavior" TEXT NOT NULL,
    "operation_id" TEXT,
    "canceled_at" TIMESTAMPTZ(6),
    "completed_at" TIMESTAMPTZ(6),
    "released_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "subscription_schedule_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "subscription_schedule_phase" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "schedule_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "price_id" TEXT,
    "quantity" BIGINT,
    "proration_behavior" TEXT NOT NULL,
    "start_at" TIMESTAMPTZ(6) NOT NULL,
    "end_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "subscription_schedule_phase_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "charge" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "captured_amount" BIGINT NOT NULL,
    "refunded_amount" BIGINT NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "payment_method_id" TEXT,
    "card_brand" TEXT,
    "card_last4" TEXT,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "risk_level" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "charge_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "dispute" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "charge_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "network_reason_code" TEXT,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "evidence_due_at" TIMESTAMPTZ(6),
    "has_evidence" BOOLEAN NOT NULL,
    "submission_count" INTEGER NOT NULL,
    "charge_refundable" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "credit_note" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT,
    "memo" TEXT,
    "currency" TEXT NOT NULL,
    "total_amount" BIGINT NOT NULL,
    "pre_payment_amount" BIGINT NOT NULL,
    "post_payment_amount" BIGINT NOT NULL,
    "out_of_band_amount" BIGINT NOT NULL,
    "pdf" TEXT,
    "voided_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_note_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "credit_note_line" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "credit_note_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "invoice_line_id" TEXT,
    "description" TEXT,
    "quantity" BIGINT,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "credit_note_line_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "credit_note_refund" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "credit_note_id" TEXT NOT NULL,
    "refund_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "credit_note_refund_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "checkout_session" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "status" TEXT,
    "payment_status" TEXT NOT NULL,
    "subscription_id" TEXT,
    "invoice_id" TEXT,
    "payment_id" TEXT,
    "setup_intent_id" TEXT,
    "currency" TEXT,
    "total_amount" BIGINT,
    "operation_id" TEXT,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "checkout_session_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "stripe_credit" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT,
    "category" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "priority" INTEGER,
    "effective_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),
    "voided_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "stripe_credit_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "stripe_credit_movement" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "grant_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "invoice_id" TEXT,
    "effective_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "stripe_credit_movement_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "customer_balance_transaction" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "ending_balance" BIGINT NOT NULL,
    "invoice_id" TEXT,
    "credit_note_id" TEXT,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "customer_balance_transaction_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "balance_transaction" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "fee" BIGINT NOT NULL,
    "net" BIGINT NOT NULL,
    "available_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "balance_transaction_pkey" PRIMARY KEY ("customer_id","id")
);

CREATE TABLE "product" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "plan_id" TEXT,
    "active" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "deleted_at" TIMESTAMPTZ(6),
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "coupon" (
    "id" TEXT NOT NULL,
    "name" TEXT,
    "percent_off" DECIMAL(9,6),
    "amount_off" BIGINT,
    "currency" TEXT,
    "duration" TEXT NOT NULL,
    "duration_in_months" INTEGER,
    "max_redemptions" INTEGER,
    "times_redeemed" INTEGER NOT NULL,
    "redeem_by" TIMESTAMPTZ(6),
    "valid" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "deleted_at" TIMESTAMPTZ(6),
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "coupon_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "promotion_code" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "coupon_id" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "stripe_customer_id" TEXT,
    "first_time_only" BOOLEAN NOT NULL,
    "minimum_amount" BIGINT,
    "minimum_currency" TEXT,
    "max_redemptions" INTEGER,
    "times_redeemed" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "promotion_code_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "subscription_discount_customer_id_subscription_id_idx" ON "subscription_discount"("customer_id", "subscription_id");

CREATE INDEX "subscription_schedule_customer_id_subscription_id_idx" ON "subscription_schedule"("customer_id", "subscription_id");

CREATE INDEX "subscription_schedule_id_idx" ON "subscription_schedule"("id");

CREATE INDEX "subscription_schedule_phase_customer_id_schedule_id_idx" ON "subscription_schedule_phase"("customer_id", "schedule_id");

CREATE INDEX "charge_customer_id_payment_id_idx" ON "charge"("customer_id", "payment_id");

CREATE INDEX "charge_id_idx" ON "charge"("id");

CREATE INDEX "dispute_customer_id_payment_id_idx" ON "dispute"("customer_id", "payment_id");

CREATE INDEX "dispute_status_evidence_due_at_idx" ON "dispute"("status", "evidence_due_at");

CREATE INDEX "dispute_id_idx" ON "dispute"("id");

CREATE INDEX "credit_note_customer_id_invoice_id_idx" ON "credit_note"("customer_id", "invoice_id");

CREATE INDEX "credit_note_id_idx" ON "credit_note"("id");

CREATE INDEX "credit_note_number_idx" ON "credit_note"("number");

CREATE INDEX "credit_note_line_customer_id_credit_note_id_position_idx" ON "credit_note_line"("customer_id", "credit_note_id", "position");

CREATE INDEX "credit_note_refund_customer_id_credit_note_id_idx" ON "credit_note_refund"("customer_id", "credit_note_id");

CREATE INDEX "credit_note_refund_customer_id_refund_id_idx" ON "credit_note_refund"("customer_id", "refund_id");

CREATE INDEX "checkout_session_customer_id_created_at_id_idx" ON "checkout_session"("customer_id", "created_at" DESC, "id" DESC);

CREATE INDEX "checkout_session_id_idx" ON "checkout_session"("id");

CREATE INDEX "stripe_credit_id_idx" ON "stripe_credit"("id");

CREATE INDEX "stripe_credit_movement_customer_id_grant_id_idx" ON "stripe_credit_movement"("customer_id", "grant_id");

CREATE INDEX "customer_balance_transaction_customer_id_created_at_id_idx" ON "customer_balance_transaction"("customer_id", "created_at" DESC, "id" DESC);

CREATE INDEX "balance_transaction_customer_id_source_id_idx" ON "balance_transaction"("customer_id", "source_id");

CREATE INDEX "balance_transaction_created_at_idx" ON "balance_transaction"("created_at");

CREATE INDEX "promotion_code_code_idx" ON "promotion_code"("code");

CREATE INDEX "promotion_code_coupon_id_idx" ON "promotion_code"("coupon_id");

ALTER TABLE "subscription_discount" ADD CONSTRAINT "subscription_discount_customer_id_subscription_id_fkey" FOREIGN KEY ("customer_id", "subscription_id") REFERENCES "subscription"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "subscription_schedule" ADD CONSTRAINT "subscription_schedule_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "subscription_schedule_phase" ADD CONSTRAINT "subscription_schedule_phase_customer_id_schedule_id_fkey" FOREIGN KEY ("customer_id", "schedule_id") REFERENCES "subscription_schedule"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "charge" ADD CONSTRAINT "charge_customer_id_payment_id_fkey" FOREIGN KEY ("customer_id", "payment_id") REFERENCES "payment"("customer_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "dispute" ADD CONSTRAINT "dispute_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "credit_note_line" ADD CONSTRAINT "credit_note_line_customer_id_credit_note_id_fkey" FOREIGN KEY ("customer_id", "credit_note_id") REFERENCES "credit_note"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "credit_note_refund" ADD CONSTRAINT "credit_note_refund_customer_id_credit_note_id_fkey" FOREIGN KEY ("customer_id", "credit_note_id") REFERENCES "credit_note"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "checkout_session" ADD CONSTRAINT "checkout_session_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "stripe_credit" ADD CONSTRAINT "stripe_credit_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "stripe_credit_movement" ADD CONSTRAINT "stripe_credit_movement_customer_id_grant_id_fkey" FOREIGN KEY ("customer_id", "grant_id") REFERENCES "stripe_credit"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "customer_balance_transaction" ADD CONSTRAINT "customer_balance_transaction_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
