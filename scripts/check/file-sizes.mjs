import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { inRoot, root } from "../start/paths.mjs";

const LIMIT = 250;
const TEST_LIMIT = 400;

/** A file nobody can take in at once is two files. Prints the sizes, and the offenders if there are any. */
const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter(
    (file) =>
      /\.(ts|tsx|mjs|css|sql)$/.test(file) && !file.includes("/migrations/") && existsSync(inRoot(file)),
  )
  .map((file) => ({ file, lines: readFileSync(inRoot(file), "utf8").trimEnd().split("\n").length }))
  .sort((a, b) => a.lines - b.lines);

const isTest = ({ file }) => /\.test\.tsx?$/.test(file);
const tooLong = sources.filter((source) => source.lines > (isTest(source) ? TEST_LIMIT : LIMIT));
for (const { file, lines } of tooLong) console.log(`${file} has ${lines} lines`);
if (tooLong.length > 0) {
  console.log(`At most ${LIMIT} lines (tests ${TEST_LIMIT}): split by noun or verb.`);
  process.exitCode = 1;
}

const files = sources.filter((source) => !isTest(source));
const at = (share) => files[Math.min(files.length - 1, Math.floor(files.length * share))]?.lines ?? 0;
console.log(`${files.length} files: median ${at(0.5)}, p90 ${at(0.9)}, max ${at(1)} lines`);
