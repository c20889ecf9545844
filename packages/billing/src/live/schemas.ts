/** What changed for a customer; the browser refetches the queries of these nouns. */
export const liveNouns = ["subscriptions", "invoices", "payments", "refunds", "payment_methods", "customers"] as const;
export type LiveNoun = (typeof liveNouns)[number];

export interface Change {
  customerId: string;
  nouns: LiveNoun[];
}
