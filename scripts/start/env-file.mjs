import { existsSync, readFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { inRoot } from "./paths.mjs";

/** The environment of this process over what `.env` says. */
export function loadEnvironment(env = process.env, file = inRoot(".env")) {
  if (!existsSync(file)) return { ...env };
  return { ...parseEnvFile(readFileSync(file, "utf8"), ".env"), ...env };
}

/** Strict on purpose: a line that is not understood would otherwise be a setting silently lost. */
export function parseEnvFile(text, name) {
  const values = {};
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const where = `${name}:${index + 1}`;
    const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(line);
    if (!match)
      throw new Failure(
        `${where} is not a setting: write NAME=value, or start the line with # to make it a comment.`,
      );
    const [, key, value] = match;
    if (Object.hasOwn(values, key))
      throw new Failure(`${where} sets ${key} a second time; keep one of the two lines.`);
    values[key] = parseValue(value, where, key);
  }
  return values;
}

function parseValue(value, where, key) {
  const quote = value[0];
  if (quote !== '"' && quote !== "'") return value.replace(/(^|\s+)#.*$/, "");
  const end = value.indexOf(quote, 1);
  if (end === -1) throw new Failure(`${where} opens a quote (${quote}) in ${key} and never closes it.`);
  const rest = value.slice(end + 1).trim();
  if (rest !== "" && !rest.startsWith("#"))
    throw new Failure(`${where} has text after the closing quote of ${key}.`);
  const inside = value.slice(1, end);
  return quote === '"' ? inside.replaceAll("\\n", "\n") : inside;
}
