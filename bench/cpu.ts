import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Processor time that a process and all it has started have used, also those of them that have ended. */
export function cpuMs(pid: number): number {
  return existsSync("/proc/self/stat") ? linuxTicks(pid) * linuxTickMs : otherMs(pid);
}

/** What the kernel tells user programs, whatever its own clock is. */
const linuxTickMs = 10;

function linuxTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 15);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return sum([...fields.map(Number), ...children.split(" ").filter(Boolean).map(ticksOfChild)]);
}

/** It may end while it is looked at: then it is in the time of its parent the next time. */
function ticksOfChild(pid: string): number {
  try {
    return linuxTicks(Number(pid));
  } catch {
    return 0;
  }
}

function otherMs(pid: number): number {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,time="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => {
      const [id, parent, time = "0"] = line.trim().split(/\s+/);
      const seconds = time.split(":").reduce((total, part) => total * 60 + Number(part), 0);
      return { id: Number(id), parent: Number(parent), ms: seconds * 1000 };
    });
  const tree = (root: number): number =>
    sum(rows.map(({ id, parent, ms }) => (id === root ? ms : parent === root ? tree(id) : 0)));
  return tree(pid);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
