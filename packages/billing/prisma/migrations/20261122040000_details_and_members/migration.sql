ALTER TYPE "operation_kind" ADD VALUE 'customer.update';
ALTER TYPE "operation_kind" ADD VALUE 'tax_id.create';
ALTER TYPE "operation_kind" ADD VALUE 'tax_id.delete';
ALTER TYPE "operation_kind" ADD VALUE 'setup.create';
ALTER TYPE "operation_kind" ADD VALUE 'card.default';
ALTER TYPE "operation_kind" ADD VALUE 'card.detach';
ALTER TYPE "operation_kind" ADD VALUE 'invoice.pay';
ALTER TYPE "operation_kind" ADD VALUE 'subscription.end';

ALTER TABLE "login" ADD COLUMN "active_customer_id" TEXT;

ALTER TABLE "customer" ADD COLUMN "address" JSONB,
ADD COLUMN "phone" TEXT,
ADD COLUMN "tax_exempt" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN "preferred_locale" TEXT,
ADD COLUMN "closing_at" TIMESTAMPTZ(6);

CREATE TABLE "invitation" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "member_role" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" TEXT NOT NULL,
    "invited_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_at" TIMESTAMPTZ(6),
    "accepted_by" TEXT,
    "revoked_at" TIMESTAMPTZ(6),
    "open_slot" TEXT,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("customer_id","id")
);
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");
CREATE UNIQUE INDEX "invitation_customer_id_open_slot_key" ON "invitation"("customer_id", "open_slot");

CREATE TABLE "customer_tax_id" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "country" TEXT,
    "status" TEXT,
    "verified_name" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "customer_tax_id_pkey" PRIMARY KEY ("customer_id","id")
);

ALTER TABLE "invitation" ADD CONSTRAINT "invitation_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "customer_tax_id" ADD CONSTRAINT "customer_tax_id_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE INDEX "customer_closing_idx" ON "customer"("closing_at") WHERE "closing_at" IS NOT NULL AND "deleted_at" IS NULL;
