ALTER TABLE "invoice" ADD COLUMN "collection_method" TEXT NOT NULL DEFAULT 'charge_automatically',
ADD COLUMN "starting_balance_amount" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "pre_payment_credit_amount" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "post_payment_credit_amount" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "receipt_number" TEXT,
ADD COLUMN "discounts" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "taxes" JSONB NOT NULL DEFAULT '[]';

ALTER TABLE "invoice_line" ADD COLUMN "parent_type" TEXT,
ADD COLUMN "subscription_item_id" TEXT,
ADD COLUMN "product_id" TEXT,
ADD COLUMN "quantity_decimal" TEXT,
ADD COLUMN "unit_amount_decimal" TEXT,
ADD COLUMN "credited_line_ids" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "discounts" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "credits" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "taxes" JSONB NOT NULL DEFAULT '[]';

CREATE INDEX "invoice_line_customer_id_subscription_item_id_period_end_idx" ON "invoice_line"("customer_id", "subscription_item_id", "period_end");

CREATE TABLE "tax_rate" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "percentage" DECIMAL(9,6) NOT NULL,
    "inclusive" BOOLEAN NOT NULL,
    "country" TEXT,
    "synced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "charge" ADD COLUMN "decline_code" TEXT;
