/** Where to go after signing in: only a path of this console, never another site. */
export function nextPage(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 2000) return undefined;
  if (!/^\/(?![/\\])/.test(value) || value.startsWith("/sign-in")) return undefined;
  return value;
}
