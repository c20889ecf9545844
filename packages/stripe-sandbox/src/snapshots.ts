import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { invalid } from "./http/errors";
import { readChanges, writeChanges } from "./journal";
import type { Change, Store } from "./store";

export interface Snapshot {
  /** The time of the sandbox when it was taken, in milliseconds. */
  at: number;
  changes: Change[];
}

export interface Snapshots {
  take(name: string, at: number): void;
  find(name: string): Snapshot;
  names(): string[];
}

const suffix = ".jsonl";

/** Whole states under a name. With a data directory they are files, and outlive the process. */
export function createSnapshots(store: Store, dataDir: string | undefined): Snapshots {
  const kept = new Map<string, Snapshot>();
  const folder = dataDir && join(dataDir, "snapshots");
  const fileOf = (name: string) => folder && join(folder, `${name}${suffix}`);

  return {
    take(name, at) {
      if (!/^[\w-]{1,64}$/.test(name))
        throw invalid("A snapshot is named with letters, digits, _ and -.", undefined, "name");
      // Rows are replaced, never changed in place, so keeping them is keeping the state.
      const snapshot = { at, changes: [...store.everything()] };
      kept.set(name, snapshot);
      const file = fileOf(name);
      if (!folder || !file) return;
      mkdirSync(folder, { recursive: true });
      writeChanges(file, [["settings", "taken_at", { id: "taken_at", value: at }], ...snapshot.changes]);
    },
    find(name) {
      const known = kept.get(name) ?? readSnapshot(fileOf(name), name);
      if (known) return known;
      throw invalid(`There is no snapshot '${name.slice(0, 64)}'.`, "resource_missing", "name", 404);
    },
    names() {
      const stored = folder && existsSync(folder) ? readdirSync(folder) : [];
      const files = stored.filter((file) => file.endsWith(suffix));
      return [...new Set([...kept.keys(), ...files.map((file) => file.slice(0, -suffix.length))])].sort();
    },
  };
}

function readSnapshot(file: string | undefined, name: string): Snapshot | undefined {
  if (!file || !/^[\w-]{1,64}$/.test(name) || !existsSync(file)) return undefined;
  const changes: Change[] = [];
  readChanges(file, (change) => changes.push(change));
  const [, , first] = changes.shift() ?? [];
  const { value } = first as { value: number };
  return { at: value, changes };
}
