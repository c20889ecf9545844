const deepest = 20;
const unstorable = /\0|\p{Surrogate}/u;

/** What PostgreSQL takes neither as text nor as JSON, and what is deeper than any input of ours. */
export function holdsUnstorable(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return unstorable.test(value);
  if (typeof value !== "object" || value === null) return false;
  if (depth > deepest) return true;
  return Object.entries(value).some(
    ([key, part]) => unstorable.test(key) || holdsUnstorable(part, depth + 1),
  );
}
