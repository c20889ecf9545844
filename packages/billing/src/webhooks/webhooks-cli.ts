import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { StaffActor } from "../context";
import { pipelineNumbers } from "../db/sql/pipeline-numbers";
import { type OpenBillingOptions, openBilling } from "../open-billing";
import type { RunView } from "../reconciliation/schemas";
import { adminRouter } from "../trpc/admin-router";
import type { RequestCtx } from "../trpc/procedures";

const usage = `usage: npm run webhooks -- <command> --as <email of somebody on the staff>
  queue                                     what waits, fails and was given up
  dead [reason]                             what was given up, the newest first
  redrive [reason] --reason <why>           has the oldest of them tried again
  sweep [types…] [--report] --reason <why>  compares with Stripe and repairs; with --report only tells
  backfill [types…] --reason <why>          fetches what is not here
  runs                                      sweeps and backfills with their progress
  stop <run> --reason <why>`;

const Env = z.object({
  DATABASE_URL: z.string().min(1, "must name a PostgreSQL database"),
  STRIPE_SECRET_KEY: z.string().regex(/^[sr]k_(test|live)_/, "must be a Stripe secret or restricted key"),
  STRIPE_API_BASE: z.preprocess((value) => value || undefined, z.url().optional()),
});

type Caller = ReturnType<typeof adminRouter.createCaller>;

interface Words {
  rest: string[];
  why: string;
  report: boolean;
}

const commands: Record<string, (caller: Caller, words: Words, ctx: RequestCtx) => Promise<unknown>> = {
  async queue(caller, _words, ctx) {
    await caller.webhooks.failing({ limit: 1 });
    return pipelineNumbers(ctx.pool);
  },
  dead: (caller, { rest: [deadReason] }) => caller.webhooks.dead({ deadReason, limit: 200 }),
  redrive: (caller, { rest: [deadReason], why }) =>
    caller.webhooks.redriveMatching({ deadReason, limit: 500, reason: why }),
  sweep: (caller, { rest, why, report }) =>
    caller.reconciliation.start({ kind: "sweep", repairs: !report, reason: why, ...typesOf(rest) }),
  backfill: (caller, { rest, why }) =>
    caller.reconciliation.start({ kind: "backfill", repairs: true, reason: why, ...typesOf(rest) }),
  async runs(caller) {
    return (await caller.reconciliation.runs()).map(runLine);
  },
  stop: (caller, { rest: [runId = ""], why }) => caller.reconciliation.stop({ runId, reason: why }),
};

const typesOf = (rest: string[]) => (rest.length > 0 ? { objectTypes: rest } : {});

/** The types that are through are one number. */
const runLine = ({ progress, ...run }: RunView) => ({
  ...run,
  listed: progress.reduce((sum, { listed }) => sum + listed, 0),
  typesDone: `${progress.filter(({ done }) => done).length} of ${progress.length}`,
  now: progress.find(({ done, listed }) => !done && listed > 0) ?? null,
});

/** The same procedures as the console: the person's role decides, and the audit log names them. */
async function main(args: string[], source: Record<string, string | undefined>): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { as: { type: "string" }, reason: { type: "string" }, report: { type: "boolean" } },
  });
  const [name = "", ...rest] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || !values.as) throw new Error(usage);
  const env = Env.safeParse(source);
  if (!env.success) throw new Error(z.prettifyError(env.error));
  const billing = await openBilling(optionsOf(env.data));
  try {
    const staff = await billing.db.staff.findUnique({ where: { email: values.as.toLowerCase() } });
    if (!staff) throw new Error(`Nobody on the staff has the address ${values.as}.`);
    const { id, email, role } = staff;
    const actor: StaffActor = { kind: "staff", id, name: staff.name, email, role };
    const ctx: RequestCtx = { ...billing, actor, requestId: `cli-${randomUUID()}`, ip: null };
    const words = { rest, why: values.reason ?? "", report: values.report ?? false };
    console.log(JSON.stringify(await command(adminRouter.createCaller(ctx), words, ctx), null, 2));
  } finally {
    await billing.close();
  }
}

function optionsOf(env: z.infer<typeof Env>): OpenBillingOptions {
  const report = (fields: Record<string, unknown>, message: string) => console.error(message, fields);
  return {
    databaseUrl: env.DATABASE_URL,
    connections: 2,
    stripe: { secretKey: env.STRIPE_SECRET_KEY, apiBase: env.STRIPE_API_BASE },
    browser: { publishableKey: "", stripeJsUrl: null },
    log: { debug() {}, info() {}, warn: report, error: report },
  };
}

await main(process.argv.slice(2), process.env).catch((error: Error & { cause?: unknown }) => {
  console.error(error.cause instanceof z.ZodError ? z.prettifyError(error.cause) : error.message);
  process.exit(1);
});
