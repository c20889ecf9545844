import { statfs } from "node:fs/promises";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";

const GIGABYTE = 1024 ** 3;

/** Running out of disk half-way through an install leaves a mess that nobody can read. */
export async function requireDiskSpace(bytes, folder = root, measure = statfs) {
  const { bavail, bsize } = await measure(folder);
  const free = Number(bavail) * Number(bsize);
  if (free >= bytes) return;
  throw new Failure(
    `About ${size(bytes)} of disk space is needed in ${folder}, but only ${size(free)} is free.`,
  );
}

const size = (bytes) => `${(bytes / GIGABYTE).toFixed(1)} GB`;
