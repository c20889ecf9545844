import type { Log } from "../context";

export interface TestLog extends Log {
  entries: { level: keyof Log; message: string; fields: Record<string, unknown> }[];
}

/** Remembers instead of printing. */
export function testLog(): TestLog {
  const entries: TestLog["entries"] = [];
  const write = (level: keyof Log) => (fields: Record<string, unknown>, message: string) => {
    entries.push({ level, message, fields });
  };
  return { entries, debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
