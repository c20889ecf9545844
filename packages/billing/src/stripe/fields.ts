/** The id of a field that Stripe sends as an id or, when expanded, as the object. */
export function idOf(field: string | { id: string } | null | undefined): string | null {
  if (!field) return null;
  return typeof field === "string" ? field : field.id;
}

/** Stripe counts in whole seconds. */
export function instant(seconds: number): Date;
export function instant(seconds: number | null | undefined): Date | null;
export function instant(seconds: number | null | undefined): Date | null {
  return seconds === null || seconds === undefined ? null : new Date(seconds * 1000);
}

/** Free text as PostgreSQL can hold it: JSON may carry NUL and lone surrogates, a text column may not. */
export function storable(text: string): string;
export function storable(text: string | null | undefined): string | null;
export function storable(text: string | null | undefined): string | null {
  return text === null || text === undefined
    ? null
    : text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}
