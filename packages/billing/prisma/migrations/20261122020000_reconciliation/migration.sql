CREATE TABLE "reconcile_run" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "repairs" BOOLEAN NOT NULL,
    "requested_by" TEXT NOT NULL,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(6),

    CONSTRAINT "reconcile_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "reconcile_run_created_at_idx" ON "reconcile_run"("created_at" DESC);

CREATE TABLE "reconcile_progress" (
    "run_id" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "cursor" TEXT,
    "listed" BIGINT NOT NULL DEFAULT 0,
    "filled" BIGINT NOT NULL DEFAULT 0,
    "newest_at" TIMESTAMPTZ(6),
    "reached_at" TIMESTAMPTZ(6),
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "reconcile_progress_pkey" PRIMARY KEY ("run_id","object_type")
);

CREATE TABLE "reconcile_seen" (
    "run_id" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,

    CONSTRAINT "reconcile_seen_pkey" PRIMARY KEY ("run_id","object_type","object_id")
);

CREATE TABLE "drift" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "kind" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "found_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "repaired_at" TIMESTAMPTZ(6),

    CONSTRAINT "drift_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "drift_run_id_id_idx" ON "drift"("run_id", "id");
CREATE INDEX "drift_object_type_object_id_idx" ON "drift"("object_type", "object_id");

CREATE TABLE "recurring_job" (
    "name" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    "last_ok_at" TIMESTAMPTZ(6),
    "last_error" TEXT,

    CONSTRAINT "recurring_job_pkey" PRIMARY KEY ("name")
);

ALTER TABLE "reconcile_progress" ADD CONSTRAINT "reconcile_progress_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reconcile_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "drift" ADD CONSTRAINT "drift_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reconcile_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
