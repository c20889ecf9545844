import type { Inbox, PipelineNumbers } from "@farebox/billing";
import { Gauge, type Registry } from "prom-client";

type Depth = Awaited<ReturnType<Inbox["depth"]>>;
type Measured = Omit<Depth, "dead"> & PipelineNumbers;
type Series = { labels: Record<string, string>; value: number }[];

/**
 * What the tables know, the same in every process: take the maximum over them. While the database is away the last
 * values stay, and `webhook_queue_known` says so.
 */
export function measurePipeline(registry: Registry, inbox: Pick<Inbox, "depth" | "numbers">): void {
  const read = oncePerScrape(async (): Promise<Measured | null> => {
    const [depth, numbers] = await Promise.all([inbox.depth(), inbox.numbers()]);
    return { ...depth, ...numbers };
  });
  const gauge = (name: string, help: string, labelNames: string[], series: (now: Measured) => Series) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const measured = await read();
        if (!measured) return;
        this.reset();
        for (const { labels, value } of series(measured)) this.set(labels, value);
      },
    });
  new Gauge({
    name: "webhook_queue_known",
    help: "1 while the queue can be read",
    registers: [registry],
    async collect() {
      this.set((await read()) ? 1 : 0);
    },
  });
  for (const [name, help, labelNames, series] of gauges) gauge(name, help, labelNames, series);
}

const one = (value: number): Series => [{ labels: {}, value }];

const classes = ["user", "event", "sweep"];

/** Every class, also the empty ones: a series that disappears fires no alert. */
const byClass = ({ waiting }: Measured, value: (row: Measured["waiting"][number]) => number): Series =>
  classes.map((name, priority) => {
    const row = waiting.find((found) => found.priority === priority);
    return { labels: { class: name }, value: row ? value(row) : 0 };
  });

const byState = ({ undecided }: Measured, value: (row: Measured["undecided"][number]) => number): Series =>
  ["submitted", "unknown"].map((state) => {
    const row = undecided.find((found) => found.state === state);
    return { labels: { state }, value: row ? value(row) : 0 };
  });

const byCause = ({ drift }: Measured, value: (row: Measured["drift"][number]) => number): Series =>
  ["given_up", "event_lost", "changed_here"].map((cause) => {
    const row = drift.find((found) => found.cause === cause);
    return { labels: { cause }, value: row ? value(row) : 0 };
  });

const gauges: [name: string, help: string, labels: string[], series: (now: Measured) => Series][] = [
  ["webhook_queue_due", "Objects waiting to be applied", [], ({ due }) => one(due)],
  ["webhook_queue_dead", "Objects given up", [], ({ dead }) => one(countOf(dead))],
  ["webhook_queue_failing", "Objects tried without success and tried again", [], (now) => one(now.failing)],
  [
    "webhook_queue_oldest_seconds",
    "Since when the oldest unapplied object is out of date",
    [],
    (now) => one(now.oldestSeconds),
  ],
  [
    "webhook_class_due",
    "Objects waiting, by who waits: user, event or sweep",
    ["class"],
    (now) => byClass(now, ({ due }) => due),
  ],
  [
    "webhook_class_oldest_seconds",
    "Since when the oldest of a class is out of date",
    ["class"],
    (now) => byClass(now, ({ oldestSeconds }) => oldestSeconds),
  ],
  [
    "webhook_dead",
    "Objects given up, by the reason",
    ["reason"],
    ({ dead }) => dead.map(({ reason, objects }) => ({ labels: { reason }, value: objects })),
  ],
  [
    "webhook_events_quarantined",
    "Genuine events that were not for us",
    [],
    ({ quarantined }) => one(quarantined),
  ],
  [
    "webhook_newest_event_age_seconds",
    "Since the last event of any type, whichever process stored it",
    [],
    ({ newestEventSecondsAgo: age }) => (age === null ? [] : one(age)),
  ],
  [
    "operations_undecided",
    "Money operations that Stripe has neither confirmed nor refused",
    ["state"],
    (now) => byState(now, ({ operations }) => operations),
  ],
  [
    "operations_undecided_oldest_seconds",
    "Since when the oldest of them is undecided",
    ["state"],
    (now) => byState(now, ({ oldestSeconds }) => oldestSeconds),
  ],
  [
    "reconcile_drift_found",
    "Differences found in all kept runs, by the likely cause",
    ["cause"],
    (now) => byCause(now, ({ found }) => found),
  ],
  [
    "reconcile_drift_left",
    "Differences found and not put right",
    ["cause"],
    (now) => byCause(now, ({ remaining }) => remaining),
  ],
  [
    "reconcile_runs",
    "Sweeps and backfills by what became of them",
    ["kind", "state"],
    ({ runs }) => runs.map(({ kind, state, runs: value }) => ({ labels: { kind, state }, value })),
  ],
  [
    "recurring_job_ok_age_seconds",
    "Since a recurring job last went well",
    ["job"],
    ({ jobs }) =>
      jobs.flatMap(({ name, okSecondsAgo }) =>
        okSecondsAgo === null ? [] : [{ labels: { job: name }, value: okSecondsAgo }],
      ),
  ],
  [
    "recurring_job_failing",
    "1 when a recurring job went wrong the last time",
    ["job"],
    ({ jobs }) => jobs.map(({ name, failing }) => ({ labels: { job: name }, value: failing ? 1 : 0 })),
  ],
];

const countOf = (dead: Measured["dead"]) => dead.reduce((sum, { objects }) => sum + objects, 0);

/** The gauges of one scrape ask at the same time and share one answer. */
function oncePerScrape<Answer>(ask: () => Promise<Answer>): () => Promise<Answer | null> {
  let asked: Promise<Answer | null> | undefined;
  return () => {
    asked ??= ask()
      .catch(() => null)
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
}
