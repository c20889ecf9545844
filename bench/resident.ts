import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Resident memory of a process and everything it has started; 0 when it is gone. */
export function residentMb(pid: number): number {
  return (existsSync("/proc/self/status") ? linuxKb(pid) : otherKb(pid)) / 1024;
}

/** Calls back with the peak until stopped: for programs that end by themselves. */
export function watchPeak(pid: number): { stop(): number } {
  let peak = residentMb(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMb(pid));
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

function linuxKb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
    return children === "" ? own : own + sum(children.split(" ").map((child) => linuxKb(Number(child))));
  } catch {
    return 0;
  }
}

function otherKb(pid: number): number {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = (root: number): number =>
    sum(rows.map(([id = 0, parent = 0, kb = 0]) => (id === root ? kb : parent === root ? tree(id) : 0)));
  return tree(pid);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
