import type { Ctx } from "../context";
import { notFound } from "../errors";
import { secondsLeft } from "./rules";
import type { DriftPage, DriftView, ListDriftInput, RunInput, RunView } from "./schemas";

const newestRuns = 20;

export async function listRuns(ctx: Ctx): Promise<RunView[]> {
  const runs = await ctx.db.reconcileRun.findMany({
    orderBy: { createdAt: "desc" },
    take: newestRuns,
    include: progressInOrder,
  });
  return Promise.all(runs.map((run) => runView(ctx, run)));
}

export async function getRun(ctx: Ctx, { runId }: RunInput): Promise<RunView> {
  const run = await ctx.db.reconcileRun.findUnique({ where: { id: runId }, include: progressInOrder });
  if (!run) throw notFound("run");
  return runView(ctx, run);
}

const progressInOrder = { progress: { orderBy: { position: "asc" } } } as const;

type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

const findRun = (ctx: Ctx) => ctx.db.reconcileRun.findFirst({ include: progressInOrder });

async function runView(ctx: Ctx, run: RunRow): Promise<RunView> {
  const [found, repaired, oldestAt] = await Promise.all([
    ctx.db.drift.count({ where: { runId: run.id } }),
    ctx.db.drift.count({ where: { runId: run.id, repairedAt: { not: null } } }),
    oldestPossible(ctx),
  ]);
  const now = new Date();
  return {
    id: run.id,
    kind: run.kind as RunView["kind"],
    state: run.state,
    repairs: run.repairs,
    requestedBy: run.requestedBy,
    error: run.error,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    found,
    repaired,
    progress: run.progress.map((type) => ({
      objectType: type.objectType,
      listed: Number(type.listed),
      filled: Number(type.filled),
      done: type.finishedAt !== null,
      secondsLeft: type.finishedAt ? 0 : secondsLeft({ ...type, oldestAt, now }),
    })),
  };
}

/** The oldest thing we know of at Stripe. */
async function oldestPossible(ctx: Ctx): Promise<Date> {
  const oldest = await ctx.db.customer.findFirst({
    orderBy: { createdAt: "asc" },
    select: { createdAt: true },
  });
  return oldest?.createdAt ?? new Date(0);
}

export async function listDrift(ctx: Ctx, input: ListDriftInput): Promise<DriftPage> {
  const rows = await ctx.db.drift.findMany({
    where: {
      runId: input.runId,
      objectType: input.objectType,
      ...(input.open ? { repairedAt: null } : {}),
      ...(input.before ? { id: { lt: BigInt(input.before) } } : {}),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  return {
    drift: page.map((row) => ({
      id: String(row.id),
      runId: row.runId,
      objectType: row.objectType,
      objectId: row.objectId,
      customerId: row.customerId,
      kind: row.kind,
      cause: row.cause,
      fields: row.fields as unknown as DriftView["fields"],
      foundAt: row.foundAt.toISOString(),
      repairedAt: row.repairedAt?.toISOString() ?? null,
    })),
    nextBefore: rows.length > input.limit ? String(page.at(-1)?.id) : null,
  };
}
