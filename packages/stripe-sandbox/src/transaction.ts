import { missing } from "./http/errors";
import { newId } from "./ids";
import type { Change, Store } from "./store";
import type { TableName, Tables } from "./tables";

export interface Read {
  get<Name extends TableName>(table: Name, id: string): Tables[Name] | undefined;
  by<Name extends TableName>(table: Name, field: string, value: unknown): Tables[Name][];
  newestFirst<Name extends TableName>(table: Name): Iterable<Tables[Name]>;
}

export interface Dunning {
  /** Days of the automatic retries after the first failed attempt. */
  retryDays: number[];
  /** What happens to the subscription when all of them failed. */
  subscription: "cancel" | "mark_unpaid" | "leave_past_due";
  invoice: "leave_open" | "mark_uncollectible";
}

export interface Settings {
  /** Where browsers reach the sandbox. */
  url: string;
  /** How long the bank takes: balance transactions, refund references, invoice_payment.paid. */
  settleDelayMs: number;
  account: { id: string; name: string; country: string };
  /** What the account does about payments that fail. */
  dunning: Dunning;
  /** How many days before a renewal it is announced. */
  upcomingDays: number;
  /** Ends the subscription whose payment the bank takes back. */
  cancelDisputed?: boolean;
}

export interface Emission {
  type: string;
  table: TableName;
  id: string;
  view?: ((row: object) => object) | undefined;
  /** The previous attributes, where they are not the difference of two states of the row. */
  previous?: object | undefined;
}

export type Presenter = (read: Read & { now: number }, row: object) => object;

/** Everything one request or timer changes; it happens whole or not at all. */
export interface Tx extends Read {
  /** Unix seconds on the clock that was entered: the sandbox's own, or a test clock. */
  readonly now: number;
  /** The test clock that was entered. */
  readonly clock: string | null;
  /** From here on, time is that of this test clock, or real time. */
  enter(clock: string | null): void;
  readonly settings: Settings;
  need<Name extends TableName>(table: Name, id: string, param?: string): Tables[Name];
  put<Name extends TableName>(table: Name, row: Tables[Name]): Tables[Name];
  patch<Name extends TableName>(table: Name, id: string, changes: Partial<Tables[Name]>): Tables[Name];
  remove(table: TableName, id: string): void;
  /** The payload is built at commit, from the state at the end. One event per type and object. */
  emit(type: string, table: TableName, id: string, view?: (row: object) => object, previous?: object): void;
  schedule(delayMs: number, kind: string, subject: string): void;
  /** After the time the bank takes, which is real time even for objects of a test clock. */
  soon(kind: string, subject: string): void;
  unschedule(subject: string, kind?: string): void;
  /** Does the work, at this second if one is given, and takes everything back, events and timers too. */
  tryOut<T>(work: () => T, at?: number): T;
  /** Moves on inside a trial; its end takes the time back too. */
  goTo(at: number): void;
  /** As Stripe answers it: private fields off, computed fields on. */
  view(table: TableName, id: string): object;
}

export interface OpenTx extends Tx {
  readonly emissions: Emission[];
  before(table: TableName, id: string): object | undefined;
  changes(): Change[];
  touched(table: TableName): boolean;
  newRows<Name extends TableName>(table: Name): Tables[Name][];
  rollback(): void;
}

const nouns: { [Name in TableName]?: string } = {
  payment_methods: "PaymentMethod",
  invoice_items: "invoiceitem",
  early_fraud_warnings: "issuer_fraud_record",
  invoice_payments: "invoice_payment",
};

export function begin(
  store: Store,
  nowMs: number,
  settings: Settings,
  presenters: Map<TableName, Presenter>,
): OpenTx {
  type Saved = Map<string, { table: TableName; id: string; row: object | undefined }>;
  const before: Saved = new Map();
  /** One for each trial that is under way, the innermost last. */
  const trials: Saved[] = [];
  let emissions: Emission[] = [];
  let moment: { clock: string | null; ms: number } = { clock: null, ms: nowMs };

  function touch(table: TableName, id: string): void {
    const key = `${table}/${id}`;
    const saved = trials.at(-1) ?? before;
    if (!saved.has(key)) saved.set(key, { table, id, row: store.get(table, id) });
  }

  function tryOut<T>(work: () => T, at?: number): T {
    const kept = { emissions: [...emissions], moment };
    const trial: Saved = new Map();
    trials.push(trial);
    if (at !== undefined) moment = { ...moment, ms: at * 1000 };
    try {
      return work();
    } finally {
      trials.pop();
      for (const { table, id, row } of trial.values()) store.apply([table, id, row ?? null]);
      ({ emissions, moment } = kept);
    }
  }

  const tx: OpenTx = {
    get now() {
      return Math.floor(moment.ms / 1000);
    },
    get clock() {
      return moment.clock;
    },
    enter(clock) {
      const row = clock ? store.get("test_clocks", clock) : undefined;
      moment = row ? { clock: row.id, ms: row.frozen_time * 1000 } : { clock: null, ms: nowMs };
    },
    settings,
    get emissions() {
      return emissions;
    },
    get: (table, id) => store.get(table, id),
    by: (table, field, value) => store.by(table, field, value),
    newestFirst: (table) => store.newestFirst(table),
    need(table, id, param) {
      const row = store.get(table, id);
      if (row) return row;
      const noun = nouns[table] ?? table.replace(/ies$/, "y").replace(/s$/, "");
      throw missing(noun, id, param ?? "id", param ? 400 : 404);
    },
    put(table, row) {
      touch(table, row.id);
      store.put(table, row);
      return row;
    },
    patch(table, id, changes) {
      const row = store.get(table, id);
      if (!row) throw new Error(`${table} has no ${id}`);
      return tx.put(table, { ...row, ...changes });
    },
    remove(table, id) {
      touch(table, id);
      store.remove(table, id);
    },
    emit(type, table, id, view, previous) {
      if (!emissions.some((seen) => seen.type === type && seen.id === id))
        emissions.push({ type, table, id, view, previous });
    },
    schedule(delayMs, kind, subject) {
      const { clock, ms } = moment;
      tx.put("timers", { id: newId("tmr"), due: ms + delayMs, kind, subject, clock, queue: clock ?? "wall" });
    },
    soon(kind, subject) {
      const due = nowMs + settings.settleDelayMs;
      tx.put("timers", { id: newId("tmr"), due, kind, subject, clock: moment.clock, queue: "wall" });
    },
    unschedule(subject, kind) {
      for (const timer of store.by("timers", "subject", subject)) {
        if (kind === undefined || timer.kind === kind) tx.remove("timers", timer.id);
      }
    },
    tryOut,
    goTo(at) {
      if (trials.length === 0) throw new Error("Time moves by itself only inside a trial");
      moment = { ...moment, ms: at * 1000 };
    },
    view(table, id) {
      const row = tx.need(table, id);
      return presenters.get(table)?.(tx, row) ?? row;
    },
    before: (table, id) =>
      before.get(`${table}/${id}`)?.row ?? (before.has(`${table}/${id}`) ? undefined : store.get(table, id)),
    changes: () => [...before.values()].map(({ table, id }) => [table, id, store.get(table, id) ?? null]),
    newRows: (table) =>
      [...before.values()]
        .filter((change) => change.table === table && change.row === undefined)
        .flatMap(({ id }) => store.get(table, id) ?? []),
    touched: (table) => [...before.values()].some((change) => change.table === table),
    rollback() {
      for (const { table, id, row } of before.values()) store.apply([table, id, row ?? null]);
      before.clear();
      emissions = [];
    },
  };
  return tx;
}
