-- What a price charges for, and how much a quantity of it costs.
ALTER TABLE "price" ADD COLUMN "kind" TEXT,
  ADD COLUMN "catalog_id" TEXT,
  ADD COLUMN "meter" TEXT,
  ADD COLUMN "usage_type" TEXT,
  ADD COLUMN "unit_amount_decimal" TEXT,
  ADD COLUMN "tiers_mode" TEXT,
  ADD COLUMN "tiers" JSONB,
  ADD COLUMN "package_size" BIGINT,
  ADD COLUMN "package_round" TEXT;

-- Until now every price of the catalogue was the one fixed price of a plan.
UPDATE "price" SET "kind" = 'base', "catalog_id" = "plan_id", "usage_type" = 'licensed' WHERE "plan_id" IS NOT NULL;
UPDATE "price" SET "unit_amount_decimal" = "unit_amount"::text WHERE "unit_amount" IS NOT NULL;

CREATE INDEX "price_kind_catalog_id_idx" ON "price"("kind", "catalog_id");
