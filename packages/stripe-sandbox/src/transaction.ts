import { missing } from "./http/errors";
import { newId } from "./ids";
import type { Change, Store } from "./store";
import type { TableName, Tables } from "./tables";

export interface Read {
  get<Name extends TableName>(table: Name, id: string): Tables[Name] | undefined;
  by<Name extends TableName>(table: Name, field: string, value: unknown): Tables[Name][];
  newestFirst<Name extends TableName>(table: Name): Iterable<Tables[Name]>;
}

export interface Settings {
  /** Where browsers reach the sandbox. */
  url: string;
  /** How long the bank takes: balance transactions, refund references, invoice_payment.paid. */
  settleDelayMs: number;
  account: { id: string; name: string; country: string };
}

export interface Emission {
  type: string;
  table: TableName;
  id: string;
  view?: ((row: object) => object) | undefined;
}

export type Presenter = (read: Read & { now: number }, row: object) => object;

/** Everything one request or timer changes; it happens whole or not at all. */
export interface Tx extends Read {
  /** Unix seconds on the clock of the sandbox. */
  readonly now: number;
  readonly settings: Settings;
  need<Name extends TableName>(table: Name, id: string, param?: string): Tables[Name];
  put<Name extends TableName>(table: Name, row: Tables[Name]): Tables[Name];
  patch<Name extends TableName>(table: Name, id: string, changes: Partial<Tables[Name]>): Tables[Name];
  remove(table: TableName, id: string): void;
  /** The payload is built at commit, from the state at the end. One event per type and object. */
  emit(type: string, table: TableName, id: string, view?: (row: object) => object): void;
  schedule(delayMs: number, kind: string, subject: string): void;
  unschedule(subject: string, kind?: string): void;
  /** As Stripe answers it: private fields off, computed fields on. */
  view(table: TableName, id: string): object;
}

export interface OpenTx extends Tx {
  readonly emissions: Emission[];
  before(table: TableName, id: string): object | undefined;
  changes(): Change[];
  touched(table: TableName): boolean;
  rollback(): void;
}

const nouns: { [Name in TableName]?: string } = {
  payment_methods: "PaymentMethod",
  invoice_items: "invoiceitem",
  invoice_payments: "invoice_payment",
};

export function begin(
  store: Store,
  nowMs: number,
  settings: Settings,
  presenters: Map<TableName, Presenter>,
): OpenTx {
  const before = new Map<string, { table: TableName; id: string; row: object | undefined }>();
  let emissions: Emission[] = [];

  function touch(table: TableName, id: string): void {
    const key = `${table}/${id}`;
    if (!before.has(key)) before.set(key, { table, id, row: store.get(table, id) });
  }

  const tx: OpenTx = {
    now: Math.floor(nowMs / 1000),
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
    emit(type, table, id, view) {
      if (!emissions.some((seen) => seen.type === type && seen.id === id))
        emissions.push({ type, table, id, view });
    },
    schedule(delayMs, kind, subject) {
      tx.put("timers", { id: newId("tmr"), due: nowMs + delayMs, kind, subject });
    },
    unschedule(subject, kind) {
      for (const timer of store.by("timers", "subject", subject)) {
        if (kind === undefined || timer.kind === kind) tx.remove("timers", timer.id);
      }
    },
    view(table, id) {
      const row = tx.need(table, id);
      return presenters.get(table)?.(tx, row) ?? row;
    },
    before: (table, id) =>
      before.get(`${table}/${id}`)?.row ?? (before.has(`${table}/${id}`) ? undefined : store.get(table, id)),
    changes: () => [...before.values()].map(({ table, id }) => [table, id, store.get(table, id) ?? null]),
    touched: (table) => [...before.values()].some((change) => change.table === table),
    rollback() {
      for (const { table, id, row } of before.values()) store.apply([table, id, row ?? null]);
      before.clear();
      emissions = [];
    },
  };
  return tx;
}
