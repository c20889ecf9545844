import { indexes, type TableName, type Tables } from "./tables";

type Row = { id: string };

class Table<T extends Row> {
  readonly rows = new Map<string, T>();
  /** Insertion order; a removed row keeps its place so that undoing the removal restores it. */
  readonly ids: string[] = [];
  private readonly known = new Set<string>();
  private readonly index = new Map<string, Map<unknown, Set<string>>>();

  constructor(fields: string[]) {
    for (const field of fields) this.index.set(field, new Map());
  }

  set(row: T): void {
    const before = this.rows.get(row.id);
    if (!this.known.has(row.id)) {
      this.known.add(row.id);
      this.ids.push(row.id);
    }
    this.rows.set(row.id, row);
    for (const [field, entries] of this.index) {
      const value = fieldOf(row, field);
      if (before && fieldOf(before, field) === value) continue;
      if (before) this.unindexField(field, entries, before);
      const ids = entries.get(value);
      if (ids) ids.add(row.id);
      else entries.set(value, new Set([row.id]));
    }
  }

  remove(id: string): void {
    this.unindex(this.rows.get(id));
    this.rows.delete(id);
  }

  *each(field: string, value: unknown): Generator<T> {
    const entries = this.index.get(field);
    if (!entries) throw new Error(`No index on ${field}`);
    for (const id of entries.get(value) ?? []) {
      const row = this.rows.get(id);
      if (row) yield row;
    }
  }

  values(field: string): unknown[] {
    const entries = this.index.get(field);
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

  private unindex(row: T | undefined): void {
    if (!row) return;
    for (const [field, entries] of this.index) this.unindexField(field, entries, row);
  }

  private unindexField(field: string, entries: Map<unknown, Set<string>>, row: T): void {
    const value = fieldOf(row, field);
    const ids = entries.get(value);
    ids?.delete(row.id);
    if (ids?.size === 0) entries.delete(value);
  }
}

function fieldOf(row: object, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }, row);
}

export type Change = [table: TableName, id: string, row: unknown];

/** Everything the sandbox remembers. Rows are replaced, never changed in place. */
export class Store {
  private readonly tables = new Map<TableName, Table<Row>>();

  private table<Name extends TableName>(name: Name): Table<Tables[Name]> {
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
    return [...this.tables.values()].reduce((sum, table) => sum + table.rows.size, 0);
  }

  prune(): void {
    for (const table of this.tables.values()) table.prune();
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
  }

  apply([name, id, row]: Change): void {
    if (row === null) this.remove(name, id);
    else this.put(name, row as Tables[typeof name]);
  }

  clear(): void {
    this.tables.clear();
  }
}
