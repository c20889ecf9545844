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
    const copy: Node = JSON.parse(JSON.stringify(body));
    for (const path of paths) {
      const steps = path.split(".");
      if (steps.filter((step) => step !== "data").length > maxDepth) {
        throw invalid(
          `You cannot expand more than ${maxDepth} levels of a property. Property: ${path}`,
          undefined,
          "expand",
        );
      }
      walk(copy, steps, "", expansions.get(String(copy.object)), path);
    }
    return copy;
  };

  function walk(
    node: Node,
    steps: string[],
    prefix: string,
    known: Record<string, Expansion> | undefined,
    path: string,
  ): void {
    const [step = "", ...rest] = steps;
    const here = prefix === "" ? step : `${prefix}.${step}`;
    const expansion = known?.[here];
    const isThere = step in node || (expansion && "include" in expansion);
    if (expansion && isThere) node[step] = resolve(node, step, expansion);
    else if (!(step in node) || !isNode(node[step])) throw cannotExpand(step, path);
    if (rest.length === 0) {
      if (!expansion) throw cannotExpand(step, path);
      return;
    }
    for (const child of [node[step]].flat()) {
      if (!isNode(child)) continue;
      const nested = typeof child.object === "string";
      walk(child, rest, nested ? "" : here, nested ? expansions.get(String(child.object)) : known, path);
    }
  }

  function resolve(node: Node, step: string, expansion: Expansion): unknown {
    const value = node[step];
    if ("include" in expansion)
      return value === undefined ? JSON.parse(JSON.stringify(expansion.include(read, node) ?? null)) : value;
    if (Array.isArray(value)) return value.map((id) => lookUp(id, expansion.tables));
    return lookUp(value, expansion.tables);
  }

  function lookUp(id: unknown, tables: TableName[]): unknown {
    if (typeof id !== "string") return id;
    const table = tables.find((name) => read.get(name, id));
    const found = table ? view(table, id) : read.get("tombstones", id);
    return found ? JSON.parse(JSON.stringify(found)) : id;
  }
}

function cannotExpand(step: string, path: string) {
  return invalid(
    `This property cannot be expanded (${step}). You may want to check the property path: ${path}`,
    undefined,
    "expand",
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}
