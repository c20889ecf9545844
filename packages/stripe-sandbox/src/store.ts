import { indexes, sharedTables, type TableName, type Tables } from "./tables";

type Row = { id: string };

class Table<T extends Row> {
  readonly rows = new Map<string, T>();
  /** Insertion order; a removed row keeps its place so that undoing the removal restores it. */
  readonly ids: string[] = [];
  private readonly known = new Set<string>();
  private readonly index = new Map<string, Index>();

  constructor(fields: string[]) {
    for (const field of fields) this.index.set(field, { path: field.split("."), entries: new Map() });
  }

  set(row: T): void {
    const before = this.rows.get(row.id);
    if (!this.known.has(row.id)) {
      this.known.add(row.id);
      this.ids.push(row.id);
    }
    this.rows.set(row.id, row);
    for (const index of this.index.values()) {
      const value = fieldOf(row, index.path);
      if (before && fieldOf(before, index.path) === value) continue;
      if (before) unindex(index, before);
      const ids = index.entries.get(value);
      if (ids) ids.add(row.id);
      else index.entries.set(value, new Set([row.id]));
    }
  }

  remove(id: string): void {
    const row = this.rows.get(id);
    if (row) for (const index of this.index.values()) unindex(index, row);
    this.rows.delete(id);
  }

  *each(field: string, value: unknown): Generator<T> {
    const entries = this.index.get(field)?.entries;
    if (!entries) throw new Error(`No index on ${field}`);
    for (const id of entries.get(value) ?? []) {
      const row = this.rows.get(id);
      if (row) yield row;
    }
  }

  values(field: string): unknown[] {
    const entries = this.index.get(field)?.entries;
    if (!entries) throw new Error(`No index on ${field}`);
    return [...entries.keys()].filter((value) => value !== null && value !== undefined);
  }

  /** Forgets the places of removed rows. Only between transactions: one that is open may put a row back. */
  prune(): void {
    if (this.ids.length < 1000 || this.ids.length < this.rows.size * 2) return;
    const left = this.ids.filter((id) => this.rows.has(id));
    this.ids.length = 0;
    this.known.clear();
    for (const id of left) {
      this.ids.push(id);
      this.known.add(id);
    }
  }
}

interface Index {
  path: string[];
  entries: Map<unknown, Set<string>>;
}

function unindex({ path, entries }: Index, row: Row): void {
  const value = fieldOf(row, path);
  const ids = entries.get(value);
  ids?.delete(row.id);
  if (ids?.size === 0) entries.delete(value);
}

export function fieldOf(row: object, path: string[]): unknown {
  let value: unknown = row;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** The last part names the connected account whose row it is; the platform's have none. */
export type Change = [table: TableName, id: string, row: unknown, account?: string];

/**
 * Everything the sandbox remembers. Rows are replaced, never changed in place.
 *
 * Each connected account has a store of its own inside the platform's, so that whoever reads one cannot meet
 * objects of another; only `sharedTables` are the same for all. Without accounts there is just this one.
 */
export class Store {
  private readonly tables = new Map<TableName, Table<Row>>();
  private readonly connected = new Map<string, Store>();

  constructor(private readonly platform?: Store) {}

  /** The store of a connected account, or the platform's. */
  of(account: string | null): Store {
    const platform = this.platform ?? this;
    if (account === null) return platform;
    const known = platform.connected.get(account);
    if (known) return known;
    const fresh = new Store(platform);
    platform.connected.set(account, fresh);
    return fresh;
  }

  /** The connected account that keeps this row; null when it is the platform, or nobody. For ids that are random. */
  holder(tables: TableName[], id: string): string | null {
    for (const [account, store] of this.scopes())
      if (tables.some((name) => store.get(name, id))) return account;
    return null;
  }

  /** The platform's first. */
  *scopes(): Generator<[account: string | null, store: Store]> {
    yield [null, this];
    yield* this.connected;
  }

  private table<Name extends TableName>(name: Name): Table<Tables[Name]> {
    if (this.platform && sharedTables.has(name)) return this.platform.table(name);
    let table = this.tables.get(name);
    if (!table) {
      table = new Table<Row>(indexes[name]);
      this.tables.set(name, table);
    }
    return table as Table<Row> as unknown as Table<Tables[Name]>;
  }

  get<Name extends TableName>(name: Name, id: string): Tables[Name] | undefined {
    return this.table(name).rows.get(id);
  }

  put<Name extends TableName>(name: Name, row: Tables[Name]): void {
    this.table(name).set(row);
  }

  remove(name: TableName, id: string): void {
    this.table(name).remove(id);
  }

  /** Rows whose indexed field has this value, oldest first. */
  by<Name extends TableName>(name: Name, field: string, value: unknown): Tables[Name][] {
    return [...this.table(name).each(field, value)];
  }

  /** As `by`, for who stops before the end. */
  *each<Name extends TableName>(name: Name, field: string, value: unknown): Generator<Tables[Name]> {
    yield* this.table(name).each(field, value);
  }

  /** The values of an indexed field that some row has. */
  valuesOf(name: TableName, field: string): unknown[] {
    return this.table(name).values(field);
  }

  count(name: TableName): number {
    return this.table(name).rows.size;
  }

  size(): number {
    const own = [...this.tables.values()].reduce((sum, table) => sum + table.rows.size, 0);
    return [...this.connected.values()].reduce((sum, store) => sum + store.size(), own);
  }

  prune(): void {
    for (const table of this.tables.values()) table.prune();
    for (const store of this.connected.values()) store.prune();
  }

  /** The same rows; they are replaced, never changed in place, so the copy stays as it is. */
  copy(): Store {
    const copy = new Store();
    for (const change of this.everything()) copy.apply(change);
    return copy;
  }

  *newestFirst<Name extends TableName>(name: Name): Generator<Tables[Name]> {
    const table = this.table(name);
    for (let at = table.ids.length - 1; at >= 0; at--) {
      const row = table.rows.get(table.ids[at] ?? "");
      if (row) yield row;
    }
  }

  *everything(): Generator<Change> {
    for (const [name, table] of this.tables) {
      for (const id of table.ids) {
        const row = table.rows.get(id);
        if (row) yield [name, id, row];
      }
    }
    for (const [account, store] of this.connected)
      for (const [name, id, row] of store.everything()) yield [name, id, row, account];
  }

  apply([name, id, row, account]: Change): void {
    const store = account === undefined ? this : this.of(account);
    if (row === null) store.remove(name, id);
    else store.put(name, row as Tables[typeof name]);
  }

  clear(): void {
    this.tables.clear();
    this.connected.clear();
  }
}
