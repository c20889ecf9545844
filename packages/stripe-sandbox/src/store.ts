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
    this.unindex(this.rows.get(row.id));
    if (!this.known.has(row.id)) {
      this.known.add(row.id);
      this.ids.push(row.id);
    }
    this.rows.set(row.id, row);
    for (const [field, entries] of this.index) {
      const value = fieldOf(row, field);
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

  private unindex(row: T | undefined): void {
    if (!row) return;
    for (const [field, entries] of this.index) {
      const value = fieldOf(row, field);
      const ids = entries.get(value);
      ids?.delete(row.id);
      if (ids?.size === 0) entries.delete(value);
    }
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
