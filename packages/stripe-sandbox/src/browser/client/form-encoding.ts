export type FormValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly FormValue[]
  | { readonly [key: string]: FormValue };

export type FormParams = { readonly [key: string]: FormValue };

/** Stripe's bracket notation; `undefined` is left out, `null` becomes the empty string that clears a field. */
export function encodeForm(params: FormParams): string {
  return Object.entries(params)
    .flatMap(([key, value]) => encodePair(encodeURIComponent(key), value))
    .join("&");
}

function encodePair(key: string, value: FormValue): string[] {
  if (value === undefined) return [];
  if (value === null) return [`${key}=`];
  if (typeof value !== "object") return [`${key}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([name, inner]) =>
    encodePair(`${key}[${encodeURIComponent(name)}]`, inner),
  );
}
