import { readFileSync } from "node:fs";

export interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  hasDefault: boolean;
}

/** What PostgreSQL calls the types of Prisma. */
const typeNames: Record<string, string> = {
  String: "text",
  Boolean: "boolean",
  Int: "integer",
  BigInt: "bigint",
  Float: "double precision",
  Json: "jsonb",
  Bytes: "bytea",
  "@db.Timestamptz(6)": "timestamp with time zone",
  "@db.VarChar(255)": "character varying",
  "@db.Decimal(9, 6)": "numeric",
};

/** The indexes the file promises, by the names Prisma gives them: keys, unique ones and plain ones. */
export function indexesOfSchema(path: string): string[] {
  return blocks(readFileSync(path, "utf8"), "model").flatMap(({ name, body }) => {
    const table = mapped(body) ?? name;
    const lines = body.split("\n").map((line) => line.trim());
    const columnOf = (field: string) => {
      const line = lines.find((candidate) => candidate.startsWith(`${field} `));
      return (line && / @map\("(\w+)"\)/.exec(line)?.[1]) ?? field;
    };
    return lines.flatMap((line) => {
      const [, kind = "", list = ""] = /^@@(id|unique|index)\(\[([^\]]+)\]/.exec(line) ?? [];
      const [, field = "", single = ""] = /^(\w+) .*@(id|unique)\b/.exec(line) ?? [];
      const fields = kind ? list.replaceAll(/\([^)]*\)/g, "").split(/,\s*/) : [field];
      const ending = endings[kind || single];
      if (!ending) return [];
      return ending === "pkey" ? [`${table}_pkey`] : [[table, ...fields.map(columnOf), ending].join("_")];
    });
  });
}

const endings: Record<string, string> = { id: "pkey", unique: "key", index: "idx" };

/** The columns the file promises, read from its text so that no generated code can agree with itself. */
export function columnsOfSchema(path: string): Column[] {
  const schema = readFileSync(path, "utf8");
  const enums = new Map(blocks(schema, "enum").map(({ name, body }) => [name, mapped(body) ?? name]));
  const models = blocks(schema, "model");
  const modelNames = new Set(models.map(({ name }) => name));
  return models.flatMap(({ name, body }) =>
    body
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => /^[a-z]\w*\s+[A-Z]/.test(line))
      .flatMap((line): Column[] => {
        const [, field = "", base = "", suffix = ""] = /^(\w+)\s+(\w+)(\?|\[\])?/.exec(line) ?? [];
        if (modelNames.has(base)) return [];
        return [
          {
            table: mapped(body) ?? name,
            column: / @map\("(\w+)"\)/.exec(line)?.[1] ?? field,
            type: columnType(base, line, enums),
            nullable: suffix === "?",
            hasDefault: line.includes("@default("),
          },
        ];
      }),
  );
}

function columnType(base: string, line: string, enums: Map<string, string>): string {
  const native = /@db\.\w+(\([\d, ]+\))?/.exec(line)?.[0];
  const type = enums.get(base) ?? typeNames[native ?? base];
  if (!type) throw new Error(`teach this reader the type of: ${line}`);
  return type;
}

const mapped = (body: string) => /@@map\("(\w+)"\)/.exec(body)?.[1];

const blocks = (schema: string, keyword: string) =>
  [...schema.matchAll(new RegExp(`^${keyword} (\\w+) \\{\\n([\\s\\S]*?)^\\}`, "gm"))].map(
    ([, name = "", body = ""]) => ({ name, body }),
  );
