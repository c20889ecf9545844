import { createHash } from "node:crypto";

/** Stripe keeps a key at least 24 hours; after this long we ask what happened instead of repeating. */
export const keyLifetimeMs = 23 * 60 * 60 * 1000;

/** Equal for equal requests, whatever the order of their fields. */
export const requestHash = (request: unknown): string =>
  createHash("sha256").update(canonical(request)).digest("hex");

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  const fields = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
  return `{${fields.join(",")}}`;
}

/** The id of a step that follows from another operation: the same however often it is asked for. */
export function followingId(operationId: string, step: string): string {
  const hex = createHash("sha256").update(`${operationId} ${step}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
