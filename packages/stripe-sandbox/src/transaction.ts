import { statusOfMissing } from "./decisions/http";
import { missing } from "./http/errors";
import { newId } from "./ids";
import type { Change, Store } from "./store";
import { sharedTables, type TableName } from "./tables";
import type { Emission, OpenTx, Presenter, Settings } from "./transaction-types";

export type { Dunning, Emission, OpenTx, Presenter, Read, Settings, Tx } from "./transaction-types";

const nouns: { [Name in TableName]?: string } = {
  payment_methods: "PaymentMethod",
  invoice_items: "invoiceitem",
  early_fraud_warnings: "issuer_fraud_record",
  invoice_payments: "invoice_payment",
};

export function begin(
  platform: Store,
  nowMs: number,
  settings: Settings,
  presenters: Map<TableName, Presenter>,
  account: string | null = null,
): OpenTx {
  type Saved = Map<string, { table: TableName; id: string; row: object | undefined; owner: string | null }>;
  const before: Saved = new Map();
  /** One for each trial that is under way, the innermost last. */
  const trials: Saved[] = [];
  let emissions: Emission[] = [];
  let moment: { clock: string | null; ms: number } = { clock: null, ms: nowMs };
  let at = account;
  let store = platform.of(at);
  const visited = new Set([at]);

  const ownerOf = (table: TableName) => (at !== null && sharedTables.has(table) ? null : at);
  const keyOf = (table: TableName, id: string) => {
    const owner = ownerOf(table);
    return owner === null ? `${table}/${id}` : `${owner} ${table}/${id}`;
  };

  function touch(table: TableName, id: string): void {
    const key = keyOf(table, id);
    const saved = trials.at(-1) ?? before;
    if (!saved.has(key)) saved.set(key, { table, id, row: store.get(table, id), owner: ownerOf(table) });
  }

  function takeBack(saved: Saved): void {
    for (const { table, id, row, owner } of saved.values())
      platform.of(owner).apply([table, id, row ?? null]);
  }

  function within<T>(other: string | null, work: () => T): T {
    if (other === at) return work();
    const kept = { at, moment };
    at = other;
    store = platform.of(at);
    moment = { clock: null, ms: nowMs };
    visited.add(at);
    try {
      return work();
    } finally {
      ({ at, moment } = kept);
      store = platform.of(at);
    }
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
      takeBack(trial);
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
    get account() {
      return at;
    },
    within,
    visited,
    get settings() {
      return at === null ? settings : settingsWithin(platform, settings, at);
    },
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
      throw missing(noun, id, param ?? "id", statusOfMissing(param ? "in a parameter" : "in the path"));
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
      const known = emissions.findIndex(
        (seen) => seen.type === type && seen.id === id && seen.account === at,
      );
      const seen = emissions[known];
      if (!seen) emissions.push({ type, table, id, account: at, view, previous });
      else if (previous && !seen.previous) emissions[known] = { ...seen, previous };
    },
    schedule(delayMs, kind, subject) {
      const { clock, ms } = moment;
      tx.put("timers", {
        id: newId("tmr"),
        due: ms + delayMs,
        kind,
        subject,
        clock,
        queue: clock ?? "wall",
        ...(at !== null && { account: at }),
      });
    },
    soon(kind, subject) {
      const due = nowMs + settings.settleDelayMs;
      const { clock } = moment;
      const owner = at !== null && { account: at };
      tx.put("timers", { id: newId("tmr"), due, kind, subject, clock, queue: "wall", ...owner });
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
    get isUntouched() {
      return before.size === 0 && emissions.length === 0;
    },
    before(table, id) {
      const key = keyOf(table, id);
      return before.get(key)?.row ?? (before.has(key) ? undefined : store.get(table, id));
    },
    changes: () =>
      [...before.values()].map(({ table, id, owner }): Change => {
        const row = platform.of(owner).get(table, id) ?? null;
        return owner === null ? [table, id, row] : [table, id, row, owner];
      }),
    newRows: (table) =>
      [...before.values()]
        .filter(
          (change) => change.table === table && change.row === undefined && change.owner === ownerOf(table),
        )
        .flatMap(({ id }) => store.get(table, id) ?? []),
    touched: (table) => [...before.values()].some((change) => change.table === table),
    rollback() {
      takeBack(before);
      before.clear();
      emissions = [];
    },
  };
  return tx;
}

/** Inside a connected account, the account is that one. */
function settingsWithin(platform: Store, settings: Settings, id: string): Settings {
  const row = platform.get("accounts", id);
  const name = row?.business_profile?.name ?? row?.email ?? id;
  return { ...settings, account: { id, name, country: row?.country ?? settings.account.country } };
}
