import type Stripe from "stripe";

/** Stored objects hold ids where Stripe's types allow an id or the expanded object. */
type Unexpanded<T> = string extends T ? Exclude<T, { object: string }> : T;

/** A Stripe object as it travels: decimals are strings, expandable fields are ids. */
export type Wire<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends (infer Item)[]
      ? Wire<Unexpanded<Item>>[]
      : T extends object
        ? { [Key in keyof T]: Wire<Unexpanded<T[Key]>> }
        : T;

export interface WireList<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
}

export function wireList<T>(url: string, data: T[], hasMore = false): WireList<T> {
  return { object: "list", data, has_more: hasMore, url };
}
