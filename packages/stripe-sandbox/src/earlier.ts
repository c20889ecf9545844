import { fieldOf } from "./store";
import type { TableName, Tables } from "./tables";
import type { OpenTx, Read } from "./transaction";

/** As everything was when the transaction began, so that the old form of an object shows its old parts. */
export function earlierOf(tx: OpenTx): Read & { now: number } {
  const was = <Name extends TableName>(table: Name, id: string) =>
    tx.before(table, id) as Tables[Name] | undefined;
  return {
    now: tx.now,
    get: was,
    newestFirst: (table) => tx.newestFirst(table),
    by(table, field, value) {
      const path = field.split(".");
      const touched = new Set(tx.changes().flatMap(([name, id]) => (name === table ? id : [])));
      const rows = tx.by(table, field, value).flatMap((row) => {
        if (!touched.delete(row.id)) return row;
        const old = was(table, row.id);
        return old && fieldOf(old, path) === value ? old : [];
      });
      const gone = [...touched].flatMap((id) => was(table, id) ?? []);
      return [...rows, ...gone.filter((row) => fieldOf(row, path) === value)];
    },
  };
}
