-- CreateIndex
CREATE INDEX "login_session_expires_at_idx" ON "login_session"("expires_at");

-- CreateIndex
CREATE INDEX "staff_session_expires_at_idx" ON "staff_session"("expires_at");

-- CreateIndex
CREATE INDEX "subscription_pending_setup_intent_id_idx" ON "subscription"("pending_setup_intent_id");

-- What was given up is counted at each scrape, among one row for every object there ever was.
CREATE INDEX "dirty_object_dead_idx" ON "dirty_object"("dead_at") WHERE "dead_at" IS NOT NULL;

-- Any part of a name or email is found by its trigrams. A PostgreSQL without that extension, or a role that may not
-- create it, finds the same by reading every customer: create the extension and this index by hand there.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS "pg_trgm";
  CREATE INDEX "customer_words_idx" ON "customer" USING gin ("name" gin_trgm_ops, "email" gin_trgm_ops)
    WITH (fastupdate = off);
EXCEPTION WHEN feature_not_supported OR insufficient_privilege OR undefined_file OR undefined_object THEN
  RAISE NOTICE 'pg_trgm is not available: customers are searched without an index';
END
$$;
