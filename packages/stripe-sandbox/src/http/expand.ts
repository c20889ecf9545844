import type { Expansion } from "../resources/resource";
import type { TableName } from "../tables";
import type { Read } from "../transaction";
import { invalid } from "./errors";

type Node = Record<string, unknown>;
export type Expansions = Map<string, Record<string, Expansion>>;

const maxDepth = 4;

export type Expander = (body: unknown, paths: string[]) => unknown;

export function createExpander(
  read: Read,
  view: (table: TableName, id: string) => object,
  expansions: Expansions,
): Expander {
  return (body, paths) => {
    if (paths.length === 0) return body;
    const copy = { ...(body as Node) };
    for (const path of paths) {
      const steps = path.split(".");
      if (steps.filter((step) => step !== "data").length > maxDepth) {
        throw invalid(
          `You cannot expand more than ${maxDepth} levels of a property. Property: ${path}`,
          undefined,
          "expand",
        );
      }
      walk(copy, steps, { prefix: "", top: copy }, expansions.get(String(copy.object)), path);
    }
    return copy;
  };

  /** The node is ours; what lies below it is shared with the rows, and is copied before anything is put into it. */
  function walk(
    node: Node,
    steps: string[],
    { prefix, top }: { prefix: string; top: Node },
    known: Record<string, Expansion> | undefined,
    path: string,
  ): void {
    const [step = "", ...rest] = steps;
    const here = prefix === "" ? step : `${prefix}.${step}`;
    const expansion = known?.[here];
    if (expansion) {
      // What is not there, on a deleted stub nothing at all, stays out.
      const isThere = step in node || ("include" in expansion && node.deleted !== true);
      if (!isThere) return;
      const value = resolve(node, step, expansion, top);
      if (value === undefined) return;
      node[step] = value;
    } else if (!isNode(node[step])) {
      // A hash that is null here, and leads somewhere in others.
      if (Object.keys(known ?? {}).some((key) => key.startsWith(`${here}.`))) return;
      throw cannotExpand(step, path);
    }
    if (rest.length === 0) {
      if (!expansion) throw cannotExpand(step, path);
      return;
    }
    const below = node[step];
    node[step] = Array.isArray(below) ? below.map(copyOf) : copyOf(below);
    for (const child of [node[step]].flat()) {
      if (!isNode(child)) continue;
      const nested = typeof child.object === "string";
      const place = nested ? { prefix: "", top: child } : { prefix: here, top };
      walk(child, rest, place, nested ? expansions.get(String(child.object)) : known, path);
    }
  }

  function resolve(node: Node, step: string, expansion: Expansion, top: Node): unknown {
    const value = node[step];
    if ("include" in expansion) return value === undefined ? expansion.include(read, top) : value;
    if (Array.isArray(value)) return value.map((id) => lookUp(id, expansion.tables));
    return lookUp(value, expansion.tables);
  }

  function lookUp(id: unknown, tables: TableName[]): unknown {
    if (typeof id !== "string") return id;
    const table = tables.find((name) => read.get(name, id));
    if (table) return view(table, id);
    const stub = read.get("tombstones", id);
    // No field is declared to hold the stub of a clock.
    return stub && !tables.includes("test_clocks") ? stub : id;
  }
}

function cannotExpand(step: string, path: string) {
  return invalid(
    `This property cannot be expanded (${step}). You may want to check the property path: ${path}`,
    undefined,
    "expand",
  );
}

function copyOf(value: unknown): unknown {
  return isNode(value) ? { ...value } : value;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}
