/** Where a signed-in visitor may be sent after signing in: a path of this app, never another site. */
export function localPath(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("/")) return undefined;
  const base = "https://here.invalid";
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  if (url?.origin !== base || url.pathname.startsWith("/sign-")) return undefined;
  return url.pathname + url.search + url.hash;
}

/** A search parameter that must be one of a list; anything else counts as absent. */
export function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((candidate) => candidate === value);
}

export const textParam = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
