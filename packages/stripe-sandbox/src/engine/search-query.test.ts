import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fields, matches, parseQuery, QueryError } from "./search-query";

const fields: Fields = {
  name: "text",
  status: "token",
  amount: "number",
  active: "boolean",
  metadata: "text",
  "card.last4": "token",
};
const row: Record<string, unknown> = {
  name: "Ada Lovelace",
  status: "open",
  amount: 1000,
  active: true,
  "card.last4": "4242",
};
const look = (field: string, key?: string) =>
  key === undefined ? row[field] : ({ order: "7", "it's": "x" } as Record<string, string>)[key];

describe("what a query finds", () => {
  it.each([
    ["name:'ada lovelace'", true],
    [`name:"Ada Lovelace"`, true],
    ["name:'ada'", false],
    ["name~'love'", true],
    ["-name~'love'", false],
    ["amount>999", true],
    ["amount>1000", false],
    ["amount>='1000' AND amount<=1000", true],
    ["amount=1000", true],
    ["active:'true'", true],
    ["active:false", false],
    ["card.last4:'4242'", true],
    ["metadata['order']:'7'", true],
    [`metadata["it\\'s"]:'x'`, true],
    ["metadata['none']:null", true],
    ["-metadata['order']:null", true],
    ["status:'open' name:'nobody'", false],
    ["status:'open' OR name:'nobody'", true],
    ["status:'open' and amount<5", false],
  ])("%s: %s", (query, expected) => {
    expect(matches(parseQuery(query, fields), look)).toBe(expected);
  });
});

it.each([
  "",
  "name",
  "name:ada",
  "name:'ada",
  "unknown:'x'",
  "constructor:'x'",
  "metadata:'x'",
  "name['x']:'y'",
  "amount~'100'",
  "amount:'many'",
  "status~'ope'",
  "name>'a'",
  "name~'ab'",
  "active:'maybe'",
  "name:'a' AND status:'b' OR amount>1",
  "name:'a' AND",
  "name:'a' OR ",
  "AND name:'a'",
  "(name:'a')",
  Array.from({ length: 11 }, () => "amount>1").join(" AND "),
])("refuses %s", (query) => {
  expect(() => parseQuery(query, fields)).toThrow(QueryError);
});

it("answers any text with a query or with a reason", () => {
  const pieces = fc.constantFrom(
    "name",
    ":",
    "~",
    "'",
    '"',
    "\\",
    " ",
    "AND",
    "OR",
    "-",
    "metadata",
    "[",
    "]",
    ">",
    "1",
    "a",
  );
  const query = fc.oneof(
    fc.string(),
    fc.array(pieces).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(query, (given) => {
      try {
        expect(typeof matches(parseQuery(given, fields), look)).toBe("boolean");
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError);
      }
    }),
    { numRuns: 2000 },
  );
});
