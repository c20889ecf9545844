import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters, styleText } from "node:util";
import { logsDir } from "./paths.mjs";

const colour = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
const WIDTH = 9;
const NAMES = { sandbox: "magenta", api: "cyan", webhooks: "blue", dashboard: "green", admin: "yellow" };
const LEVELS = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };
const NOISE = ["level", "time", "pid", "hostname", "name", "msg", "v"];
const MAX_LOG_BYTES = 5_000_000;

export const paint = (style, text) => (colour ? styleText(style, text) : text);

export function say(text = "") {
  process.stdout.write(`${text}\n`);
}

/** Where the lines of one child go: the terminal, readable, and `.farebox/logs/<name>.log`, as they came. */
export function openLog(name, { echo = true } = {}) {
  mkdirSync(logsDir, { recursive: true });
  const path = join(logsDir, `${name}.log`);
  if (existsSync(path) && statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  const file = createWriteStream(path, { flags: "a" });
  file.on("error", () => {});
  const recent = [];
  const prefix = paint(NAMES[name] ?? "gray", name.padEnd(WIDTH));
  return {
    path,
    line(text) {
      file.write(`${text}\n`);
      if (stripVTControlCharacters(text).trim() !== "") recent.push(stripVTControlCharacters(text).trim());
      if (recent.length > 40) recent.shift();
      if (echo) say(`${prefix} ${paint("gray", "│")} ${readable(text)}`);
    },
    recent: () => recent,
    clear: () => recent.splice(0),
    close: () => file.end(),
  };
}

/** Feeds whole lines of a child's output to `onLine`. */
export function eachLine(child, onLine) {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop();
      for (const line of lines) onLine(line);
    });
    stream.on("end", () => rest && onLine(rest));
  }
}

/** A JSON log line as a person reads it; anything else as it is. */
export function readable(text) {
  if (!text.startsWith("{")) return text;
  let entry;
  try {
    entry = JSON.parse(text);
  } catch {
    return text;
  }
  if (entry.msg === undefined) return text;
  const level = LEVELS[entry.level] ?? String(entry.level ?? "info");
  const time = entry.time ? new Date(entry.time).toTimeString().slice(0, 8) : "";
  const fields = Object.entries(entry).filter(([key]) => !NOISE.includes(key));
  const details = fields.map(([key, value]) => `${key}=${short(value)}`).join(" ");
  const style = level === "error" || level === "fatal" ? "red" : level === "warn" ? "yellow" : "gray";
  return [paint("gray", time), paint(style, level.padEnd(5)), entry.msg, paint("gray", details)]
    .filter(Boolean)
    .join(" ");
}

function short(value) {
  if (value?.message) return JSON.stringify(value.message);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
