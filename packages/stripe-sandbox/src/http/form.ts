import { invalid } from "./errors";

export interface RawHash {
  [key: string]: Raw;
}
export type Raw = string | RawHash;

const maxDepth = 12;
const maxPairs = 5000;

/** `items[0][price]=p` to nested hashes without a prototype, so no key can reach outside. */
export function parseForm(text: string): RawHash {
  const root: RawHash = Object.create(null);
  if (text === "") return root;
  const pairs = text.split("&");
  if (pairs.length > maxPairs) throw invalid("The request has too many parameters.");
  for (const pair of pairs) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const key = decode(at < 0 ? pair : pair.slice(0, at));
    place(root, keyPath(key), at < 0 ? "" : decode(pair.slice(at + 1)), key);
  }
  return root;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalid("Invalid percent-encoding in the request.");
  }
}

function keyPath(key: string): string[] {
  const name = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (!name)
    throw invalid(`Invalid parameter name: ${key.slice(0, 100)}`, "parameter_unknown", key.slice(0, 100));
  const nested = [...(name[2] ?? "").matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? "");
  if (nested.length >= maxDepth) throw invalid(`Parameter is nested too deeply: ${key.slice(0, 100)}`);
  return [name[1] ?? "", ...nested];
}

function place(root: RawHash, path: string[], value: string, key: string): void {
  let node = root;
  path.forEach((part, at) => {
    const name = part === "" ? nextIndex(node, path[at + 1]) : part;
    const existing = node[name];
    if (at === path.length - 1) {
      if (typeof existing === "object") throw invalid(`Invalid parameter: ${key}`, undefined, key);
      node[name] = value;
      return;
    }
    if (typeof existing === "string") throw invalid(`Invalid parameter: ${key}`, undefined, key);
    const next: RawHash = existing ?? Object.create(null);
    node[name] = next;
    node = next;
  });
}

/** `items[][price]=a&items[][quantity]=2` is one item; the next `items[][price]` begins another. */
function nextIndex(node: RawHash, field: string | undefined): string {
  const size = Object.keys(node).length;
  const last = node[String(size - 1)];
  const isOpen = field !== undefined && field !== "" && typeof last === "object" && !(field in last);
  return String(isOpen ? size - 1 : size);
}
