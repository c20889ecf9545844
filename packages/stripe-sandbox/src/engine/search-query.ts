export type FieldKind = "number" | "text" | "token" | "boolean";

/** What can be searched: a name, or a name with a key in brackets for metadata. */
export type Fields = Record<string, FieldKind>;

type Operator = ":" | "~" | ">" | "<" | ">=" | "<=";

export interface Clause {
  field: string;
  /** The key of `metadata['key']`. */
  key: string | undefined;
  operator: Operator;
  value: string | null;
  negated: boolean;
}

export interface SearchQuery {
  clauses: Clause[];
  joinedBy: "AND" | "OR";
}

export class QueryError extends Error {}

const mostClauses = 10;
const shortestPart = 3;

const clausePattern =
  /^(-)?([a-z_]+(?:\.[a-z_0-9]+)*)(?:\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\])?\s*(>=|<=|:|~|>|<|=)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?[\w.]+))/i;

/** `field:'v' AND -field~'part' AND created>1`: all joined by AND (a space is one, too) or all by OR. */
export function parseQuery(text: string, fields: Fields): SearchQuery {
  const clauses: Clause[] = [];
  const joins = new Set<"AND" | "OR">();
  let rest = text.trim();
  if (rest === "") throw new QueryError("The query is empty.");
  while (rest !== "") {
    const found = clausePattern.exec(rest);
    if (!found) throw new QueryError(`We were unable to parse your search query near: ${rest.slice(0, 40)}`);
    clauses.push(clauseOf(found, fields));
    rest = rest.slice(found[0].length);
    const join = /^\s+(AND|OR)\s+/i.exec(rest) ?? /^\s+/.exec(rest);
    if (!join && rest !== "")
      throw new QueryError(`We were unable to parse your search query near: ${rest.slice(0, 40)}`);
    rest = rest.slice(join?.[0].length ?? 0);
    if (join && rest !== "") joins.add(join[1]?.toUpperCase() === "OR" ? "OR" : "AND");
  }
  if (/\s(AND|OR)\s*$/i.test(text)) throw new QueryError("The query ends with AND or OR.");
  if (joins.size > 1) throw new QueryError("AND and OR cannot be combined in one query.");
  if (clauses.length > mostClauses) throw new QueryError(`A query can have up to ${mostClauses} clauses.`);
  return { clauses, joinedBy: joins.has("OR") ? "OR" : "AND" };
}

function clauseOf(found: RegExpExecArray, fields: Fields): Clause {
  const [, minus, field = "", doubleKey, singleKey, sign = ":", double, single, bare] = found;
  const quoted = double ?? single;
  const key = doubleKey ?? singleKey;
  const operator = (sign === "=" ? ":" : sign) as Operator;
  const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!kind || (field === "metadata") !== (key !== undefined))
    throw new QueryError(`Field \`${field}\` is an unsupported search field.`);
  checkOperator(field, kind, operator);
  const isNull = quoted === undefined && bare?.toLowerCase() === "null";
  const value = quoted === undefined ? (isNull ? null : (bare ?? "")) : unquoted(quoted);
  checkValue({ field, kind, operator, isBare: quoted === undefined }, value);
  return {
    field,
    key: key === undefined ? undefined : unquoted(key),
    operator,
    value,
    negated: minus === "-",
  };
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}

function checkOperator(field: string, kind: FieldKind, operator: Operator): void {
  const allowed =
    kind === "number" ? operator !== "~" : operator === ":" || (operator === "~" && kind === "text");
  if (!allowed) throw new QueryError(`The operator ${operator} cannot be used with the field \`${field}\`.`);
}

function checkValue(
  { field, kind, operator, isBare }: { field: string; kind: FieldKind; operator: Operator; isBare: boolean },
  value: string | null,
): void {
  if (value === null) return;
  const fits =
    kind === "number"
      ? /^-?\d+(\.\d+)?$/.test(value)
      : kind === "boolean"
        ? value === "true" || value === "false"
        : !isBare;
  if (!fits)
    throw new QueryError(`The value of \`${field}\` does not fit: ${value.slice(0, 40)}. Quote texts.`);
  if (operator === "~" && value.length < shortestPart)
    throw new QueryError(`The value of ~ must have at least ${shortestPart} characters.`);
}

export type Lookup = (field: string, key: string | undefined) => unknown;

export function matches(query: SearchQuery, look: Lookup): boolean {
  const holds = (clause: Clause) => agrees(clause, look(clause.field, clause.key)) !== clause.negated;
  return query.joinedBy === "OR" ? query.clauses.some(holds) : query.clauses.every(holds);
}

function agrees({ operator, value }: Clause, found: unknown): boolean {
  const absent = found === undefined || found === null;
  if (value === null) return absent;
  if (absent) return false;
  if (typeof found === "number") return compares(operator, found, Number(value));
  const [text, wanted] = [String(found).toLowerCase(), value.toLowerCase()];
  return operator === "~" ? text.includes(wanted) : text === wanted;
}

function compares(operator: Operator, found: number, wanted: number): boolean {
  if (operator === ">") return found > wanted;
  if (operator === "<") return found < wanted;
  if (operator === ">=") return found >= wanted;
  if (operator === "<=") return found <= wanted;
  return found === wanted;
}
