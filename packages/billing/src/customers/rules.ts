export type SearchKind =
  | "everyone"
  | "customer"
  | "stripe_customer"
  | "subscription"
  | "invoice"
  | "payment"
  | "charge"
  | "refund"
  | "payment_method"
  | "card"
  | "words";

const prefixes: Record<string, SearchKind> = {
  cus_: "stripe_customer",
  sub_: "subscription",
  in_: "invoice",
  pi_: "payment",
  ch_: "charge",
  re_: "refund",
  pm_: "payment_method",
};

/** What the words in the search field are: an id is looked up exactly, everything else in names and emails. */
export function searchKind(search: string): SearchKind {
  if (search === "") return "everyone";
  if (/^\d{4}$/.test(search)) return "card";
  const prefix = Object.keys(prefixes).find(
    (start) => search.startsWith(start) && search.length > start.length,
  );
  return (prefix && prefixes[prefix]) || "words";
}

/** For LIKE, where per cent and underscore would otherwise match anything. */
export const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, "\\$&")}%`;
